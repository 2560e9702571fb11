import BackupDomain
import Foundation
import Synchronization
import TestSupport
import Testing

@testable import BackupEngine

@Suite("Following what was left behind", .timeLimit(.minutes(1)))
struct ResumeTests {
    let clock = ManualClock(now: RunFixture.night, sleeping: .advances)
    let memory: MemoryBlobStorage
    let blobs: CountingBlobStorage
    let catalog: BlobCatalog
    let order: BackupOrder

    init() async throws {
        self.memory = MemoryBlobStorage(clock: self.clock)
        for name in ["apim-backups", "apim-backups-catalog"] { try await self.memory.createContainer(name) }
        self.blobs = CountingBlobStorage(self.memory)
        self.catalog = BlobCatalog(storage: self.blobs, container: "apim-backups-catalog")
        self.order = BackupOrder(instance: try #require(ResourceID(RunFixture.instanceID)), nominalAt: RunFixture.night)
    }

    func runner(_ notify: @escaping @Sendable (RunNotice) async -> Void = { _ in }) throws -> BackupRunner {
        BackupRunner(
            plane: IdlePlane(instance: try RunFixture.instance(), clock: self.clock),
            storage: RunStorage(
                account: StorageAccount(
                    name: "contosobackups",
                    blobEndpoint: try #require(URL(string: "https://contosobackups.blob.core.windows.net"))
                ),
                blobs: self.blobs
            ),
            clock: self.clock,
            stop: StopSignal(),
            fallback: MemoryCatalog(),
            program: "test",
            notify: notify
        )
    }

    @Test func `takes no lock where nothing was`() async throws {
        await #expect(throws: BackupError(.notFound, "")) { try await self.runner().resume(self.order) }
        #expect(self.blobs.calls["acquireLease"] == nil, "\(self.blobs.calls)")
        #expect(self.blobs.calls["write"] == nil, "\(self.blobs.calls)")
    }

    @Test func `is over at once where the lock was lost and the new holder has done it`() async throws {
        var record = try RunFixture.record()
        let version = try await self.catalog.create(record)
        try await self.catalog.summarize(record, at: self.clock.now)
        record.state = .ended
        record.outcome = .interrupted
        let ended = record
        let lock = InstanceLock(
            of: record.instanceKey,
            blobs: self.memory,
            container: "apim-backups-catalog",
            clock: self.clock
        )
        // resume                       another process
        // ------                       ---------------
        // takes the lock, reads
        //                              breaks it open, ends the run
        // loses the lock, looks again
        self.memory.underLease {
            try await lock.breakOpen()
            _ = try await self.catalog.replace(ended, version: version)
            try await self.catalog.summarize(ended, at: self.clock.now)
            try await Task.sleep(for: .seconds(3600))
        }
        let outages = Mutex(0)
        let runner = try self.runner { notice in
            if case .catalogUnavailable = notice { outages.withLock { $0 += 1 } }
        }
        await #expect(throws: BackupError(.notFound, "")) { try await runner.resume(self.order) }
        #expect(outages.withLock(\.self) == 0)
    }

    @Test(arguments: [true, false])
    func `a run of a schedule that was never posted is made by the next scheduler, and another is given up`(
        _ isItsTime: Bool
    ) async throws {
        let record = try RunFixture.record()
        _ = try await self.catalog.create(record)
        try await self.catalog.summarize(record, at: self.clock.now)
        var order = self.order
        order.trigger = .schedule
        if !isItsTime { order.nominalAt += 86_400 }
        let report = try? await self.runner().run(order)
        let left = try #require(try await self.catalog.record(record.run, of: record.instanceKey)?.record)
        // The plane never answers a POST, so that it is looked for until the run gives up.
        #expect(left.attempts.isEmpty != isItsTime, "\(left)")
        #expect((left.outcome == .interrupted) != isItsTime)
        #expect((report?.record.run == record.run) == isItsTime)
    }

    @Test(arguments: [RunTrigger.schedule, .manual])
    func `a stop before the POST leaves a time of a schedule to the next scheduler`(_ trigger: RunTrigger) async throws
    {
        var order = self.order
        order.trigger = trigger
        let stop = StopSignal()
        let runner = BackupRunner(
            plane: IdlePlane(instance: try RunFixture.instance(), clock: self.clock),
            storage: try self.runner().storage,
            clock: self.clock,
            stop: stop,
            fallback: MemoryCatalog(),
            program: "test",
            notify: { if case .changed = $0 { stop.raise() } }
        )
        let report = try await runner.run(order)
        #expect(report.ending == .interrupted)
        #expect(report.record.attempts.isEmpty)
        #expect(report.record.state == (trigger == .schedule ? .planned : .ended))
    }
}

/// Resource Manager whose instance is idle, and which is asked for nothing else.
private struct IdlePlane: ManagementPlane {
    let found: Instance
    let clock: ManualClock

    init(instance: Instance, clock: ManualClock) { (self.found, self.clock) = (instance, clock) }

    func subscriptions() async throws -> [String] { [] }

    func resources(ofType type: String, named name: String?, in subscription: String) async throws -> [ResourceID] {
        []
    }

    func instance(_ id: ResourceID) async throws -> (instance: Instance, answer: ManagementAnswer) {
        (self.found, ManagementAnswer(status: 200, date: self.clock.now))
    }

    func storageAccount(_ id: ResourceID) async throws -> StorageAccount {
        throw BackupError(.storageAccountNotFound, "not asked for")
    }

    func startBackup(of id: ResourceID, _ request: BackupRequest) async throws -> ManagementAnswer {
        throw BackupError(.ambiguousSubmission, "not asked for")
    }

    func startRestore(of id: ResourceID, _ request: BackupRequest) async throws -> ManagementAnswer {
        throw BackupError(.ambiguousSubmission, "not asked for")
    }

    func operation(at location: String) async throws -> ManagementAnswer {
        throw BackupError(.notFound, "There is no operation.")
    }
}
