import BackupDomain
import BackupEngine
import Foundation
import TestSupport
import Testing

@Suite("An instance whose description comes late", .timeLimit(.minutes(1)))
struct SlowAnswerTests {
    /// By how many seconds this machine's clock is behind Azure's when it asks; the answer is ten minutes under way.
    @Test(arguments: [(0.0, true), (600, true), (-301, false), (901, false)])
    func `is backed up where the clock may be right`(_ behind: Double, _ isRight: Bool) async throws {
        let clock = ManualClock(now: RunFixture.night, sleeping: .advances)
        let azure = ManualClock(now: RunFixture.night + behind)
        let blobs = MemoryBlobStorage(clock: clock)
        for name in ["apim-backups", "apim-backups-catalog"] { try await blobs.createContainer(name) }
        let instance = try RunFixture.instance()
        let plane = OneInstancePlane(instance, clock: azure) { kind, _ in
            throw BackupError(.permissionDenied, "No \(kind).")
        } isAtWork: {
            if clock.uptime < .seconds(600) { clock.advance(by: .seconds(600)) }
            return false
        }
        let runner = try BackupRunner.sample(plane, blobs: blobs, clock: clock)
        let order = BackupOrder(instance: instance.id, nominalAt: RunFixture.night)
        if isRight {
            #expect(try await runner.run(order).record.error?.code == .permissionDenied)
        } else {
            await #expect(throws: BackupError(.clockOff, "")) { try await runner.run(order) }
        }
    }
}
