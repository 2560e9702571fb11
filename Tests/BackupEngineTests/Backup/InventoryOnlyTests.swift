import BackupDomain
import Foundation
import Synchronization
import TestSupport
import Testing

@testable import BackupEngine

@Suite("Runs that take an inventory and make no backup", .timeLimit(.minutes(1)))
struct InventoryOnlyTests {
    // A clock that advances by itself would renew leases without end.
    let clock = ManualClock(now: RunFixture.night)
    let memory: MemoryBlobStorage
    let closable: ClosedBlobStorage
    let catalog: BlobCatalog
    let order: BackupOrder

    init() async throws {
        self.memory = MemoryBlobStorage(clock: self.clock)
        self.closable = ClosedBlobStorage(self.memory)
        self.catalog = BlobCatalog(storage: self.memory, container: "apim-backups-catalog")
        var order = BackupOrder(
            instance: try #require(ResourceID(RunFixture.instanceID)),
            nominalAt: RunFixture.night
        )
        order.isInventoryOnly = true
        self.order = order
    }

    /// A source that says what it is told to, and counts how often it is asked.
    private final class ToldSource: InventorySource {
        let level = InventoryLevel.names
        private let error: BackupError?
        private let count = Mutex(0)

        init(_ error: BackupError? = nil) { self.error = error }

        var asked: Int { self.count.withLock(\.self) }

        func take(of instance: Instance) async -> RecordedInventory {
            self.count.withLock { $0 += 1 }
            if let error { return RecordedInventory(level: .names, takenAt: RunFixture.night, error: error) }
            return RecordedInventory(
                level: .names,
                takenAt: RunFixture.night,
                digest: "5f1c",
                counts: ["apis": 3],
                gaps: 0,
                calls: 4
            )
        }
    }

    private func runner(_ source: (any InventorySource)?, stop: StopSignal = StopSignal()) throws -> BackupRunner {
        try BackupRunner.sample(
            OneInstancePlane(try RunFixture.instance(tier: "Consumption", state: "Updating"), clock: self.clock),
            blobs: self.closable,
            clock: self.clock,
            stop: stop,
            inventories: source
        )
    }

    @Test func `end inventoried in any tier, also of a busy instance, and post nothing`() async throws {
        let report = try await self.runner(ToldSource()).run(self.order)
        #expect(report.ending == .ended)
        #expect(report.record.outcome == .inventoried)
        #expect(report.record.inventory?.digest == "5f1c")
        #expect(report.record.attempts.isEmpty)
        #expect(report.record.backup == nil)
        #expect(try await !self.memory.containerExists("apim-backups"))
        let stored = try #require(
            try await self.catalog.record(report.record.run, of: report.record.instanceKey)?.record
        )
        #expect(stored.isInventoryOnly)
        // Releases that know no such runs are to refuse it, not to take it for a damaged one.
        #expect(stored.version == 2)
        let summary = try #require(try await self.catalog.summary(of: stored.instanceKey, at: self.clock.now))
        #expect(summary.lastRun?.outcome == .inventoried)
        #expect(summary.lastGood == nil)
    }

    @Test(
        arguments: [
            (BackupError.Code.permissionDenied, RunOutcome.failed), (.throttled, .failed), (.interrupted, .interrupted),
        ]
    )
    func `end with the reason where nothing could be read`(_ code: BackupError.Code, _ outcome: RunOutcome) async throws
    {
        let report = try await self.runner(ToldSource(BackupError(code, "No."))).run(self.order)
        #expect(report.record.outcome == outcome)
        #expect(report.record.error?.code == code)
        #expect(report.record.inventory?.error?.code == code)
    }

    @Test func `that were left behind are done anew by whoever comes next, under the same id`() async throws {
        let instance = try RunFixture.instance(tier: "Consumption")
        try await self.memory.createContainer("apim-backups-catalog")
        var record = try RunFixture.record()
        record.instance = RecordedInstance(instance)
        record.takeInventoryOnly()
        _ = try await self.catalog.create(record)
        let source = ToldSource()
        let report = try await self.runner(source).run(self.order)
        #expect(report.record.run == record.run)
        #expect(report.record.outcome == .inventoried)
        #expect(report.record.takeovers?.map(\.found) == [.planned])
        #expect(source.asked == 1)
        #expect(try await self.catalog.newestRuns(of: record.instanceKey, limit: 9) == [record.run])
    }

    @Test func `that were left behind are stopped by whoever makes a backup, or only follows`() async throws {
        try await self.memory.createContainer("apim-backups-catalog")
        var record = try RunFixture.record()
        record.takeInventoryOnly()
        _ = try await self.catalog.create(record)
        let report = try await self.runner(nil).resume(self.order)
        #expect(report.record.outcome == .interrupted)
        #expect(report.record.error?.message == "The run was stopped before all was read.")
    }

    @Test func `each time of a schedule has one of its own`() async throws {
        var (first, second) = (self.order, self.order)
        (first.trigger, second.trigger) = (.schedule, .schedule)
        second.nominalAt += 86_400
        let source = ToldSource()
        for order in [first, second, second] {
            do {
                let report = try await self.runner(source).run(order)
                #expect(report.record.run == order.run)
            } catch let error as BackupError {
                #expect(error.code == .recordExists)
            }
        }
        #expect(
            try await self.catalog.newestRuns(of: InstanceKey(first.instance), limit: 9) == [second.run, first.run]
        )
    }

    @Test func `do not begin where nothing can be filed, or nothing is to be read`() async throws {
        self.closable.isClosed = true
        await #expect(throws: BackupError(.unreachable, "")) { try await self.runner(ToldSource()).run(self.order) }
        self.closable.isClosed = false
        let report = try await self.runner(nil).run(self.order)
        #expect(report.record.error?.code == .invalidInput)
        #expect(report.record.error?.remedy?.contains("inventory: names") == true)
    }

    @Test func `end where somebody asks to stop`() async throws {
        let stop = StopSignal()
        stop.raise()
        let report = try? await self.runner(ToldSource(), stop: stop).run(self.order)
        #expect(report?.record.outcome ?? .interrupted == .interrupted)
    }
}
