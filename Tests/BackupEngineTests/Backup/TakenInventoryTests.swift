import BackupDomain
import Foundation
import TestSupport
import Testing

@testable import BackupEngine

@Suite("The inventory before a backup", .timeLimit(.minutes(1)))
struct TakenInventoryTests {
    /// A source that never comes to an end by itself.
    private struct EndlessSource: InventorySource {
        var level: InventoryLevel { .full }

        func take(of instance: Instance) async -> RecordedInventory {
            await StopSignal().wait()
            return RecordedInventory(
                level: self.level,
                takenAt: RunFixture.night,
                error: BackupError(.interrupted, "given up")
            )
        }
    }

    private static func runner(_ stop: StopSignal = StopSignal()) throws -> BackupRunner {
        let clock = ManualClock(now: RunFixture.night, sleeping: .advances)
        return try BackupRunner.sample(
            OneInstancePlane(try RunFixture.instance(), clock: clock),
            blobs: MemoryBlobStorage(clock: clock),
            clock: clock,
            stop: stop
        )
    }

    @Test func `takes no longer than its limit`() async throws {
        let taken = try await Self.runner().takeInventory(
            EndlessSource(),
            of: RunFixture.instance(),
            within: .seconds(300)
        )
        #expect(taken.error?.code == .timedOut)
        #expect(taken.error?.message.contains("within 5 min") == true, "\(taken.error?.message ?? "")")
        #expect(taken.level == .full)
        #expect(taken.digest == nil)
    }

    @Test func `ends where somebody asks to stop`() async throws {
        let stop = StopSignal()
        stop.raise()
        let taken = try await Self.runner(stop).takeInventory(
            EndlessSource(),
            of: RunFixture.instance(),
            within: .seconds(300)
        )
        #expect(taken.error?.code == .interrupted)
    }
}
