import BackupDomain
import BackupEngine
import Foundation
import TestSupport
import Testing

@Suite("Runs that are asked for in the same second", .timeLimit(.minutes(1)))
struct SameSecondTests {
    @Test func `get a record each, and the refused ones are refused each time`() async throws {
        let clock = ManualClock(sleeping: .advances)
        let blobs = MemoryBlobStorage(clock: clock)
        let instance = try RunFixture.instance(tier: "Consumption", identity: InstanceIdentity())
        let plane = OneInstancePlane(instance, clock: clock) { kind, _ in
            Issue.record("a refused run must not post a \(kind)")
            return ManagementAnswer(status: 500)
        }
        let (id, runner) = (instance.id, try BackupRunner.sample(plane, blobs: blobs, clock: clock))
        for _ in 0..<3 {
            let report = try await runner.run(BackupOrder(instance: id, nominalAt: clock.now))
            #expect(report.outcome == .refused)
            #expect(report.place == .catalog)
        }
        let catalog = BlobCatalog(storage: blobs, container: "apim-backups-catalog")
        #expect(try await catalog.newestRuns(of: InstanceKey(id), limit: 10).count == 3)
    }
}
