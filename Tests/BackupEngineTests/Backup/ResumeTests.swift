import BackupDomain
import BackupEngine
import Foundation
import Synchronization
import TestSupport
import Testing

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

    func runner(
        stop: StopSignal = StopSignal(),
        _ notify: @escaping @Sendable (RunNotice) async -> Void = { _ in }
    ) throws -> BackupRunner {
        let plane = OneInstancePlane(try RunFixture.instance(), clock: self.clock) { [clock] _, _ in
            ManagementAnswer(status: 400, code: "ValidationError", message: "No.", date: clock.now)
        }
        return try BackupRunner.sample(plane, blobs: self.blobs, clock: self.clock, stop: stop, notify: notify)
    }

    @Test func `takes no lock where nothing was`() async throws {
        await #expect(throws: BackupError(.notFound, "")) { try await self.runner().resume(self.order) }
        #expect(self.blobs.calls["acquireLease"] == nil, "\(self.blobs.calls)")
        #expect(self.blobs.calls["write"] == nil, "\(self.blobs.calls)")
    }

    @Test func `gives nothing up by a clock that is off`() async throws {
        var run = try RunFixture()
        run.accept()
        let record = run.run.record
        _ = try await self.catalog.create(record)
        try await self.catalog.summarize(record, at: self.clock.now)
        // By this machine's clock the limit has long passed.
        let azure = ManualClock(now: self.clock.now)
        self.clock.advance(by: .seconds(13 * 3600))
        let plane = OneInstancePlane(try RunFixture.instance(), clock: azure) { kind, _ in
            throw BackupError(.permissionDenied, "No \(kind).")
        }
        let runner = try BackupRunner.sample(plane, blobs: self.blobs, clock: self.clock)
        await #expect(throws: BackupError(.clockOff, "")) { try await runner.resume(self.order) }
        #expect(try await self.catalog.record(record.run, of: record.instanceKey)?.record.state == .accepted)
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

    @Test func `a process that lost the lock before its record was there leaves the run to who has made it`()
        async throws
    {
        var ended = try RunFixture.record()
        ended.state = .ended
        ended.outcome = .verified
        let (other, blobs, clock, catalog) = (ended, self.memory, self.clock, self.catalog)
        let lock = InstanceLock(of: other.instanceKey, blobs: blobs, container: "apim-backups-catalog", clock: clock)
        // a scheduler                  another one
        // -----------                  -----------
        // takes the lock, reads
        //                              breaks it open, makes the run of the same time
        // loses the lock, tries again
        self.memory.underLease {
            try await lock.breakOpen()
            _ = try await catalog.create(other)
            try await Task.sleep(for: .seconds(3600))
        }
        let outages = Mutex(0)
        let runner = try self.runner { notice in
            if case .catalogUnavailable = notice { outages.withLock { $0 += 1 } }
        }
        var order = self.order
        order.trigger = .schedule
        await #expect(throws: BackupError(.recordExists, "")) { try await runner.run(order) }
        #expect(outages.withLock(\.self) == 0)
        #expect(self.clock.now < RunFixture.night + 3600)
    }

    @Test(arguments: [true, false])
    func `a time's own run that was left before its POST is gone on with, and any other is given up`(
        _ isOwn: Bool
    ) async throws {
        let left = try RunFixture.record()
        _ = try await self.catalog.create(left)
        try await self.catalog.summarize(left, at: self.clock.now)
        var order = self.order
        order.goesOnUnposted = true
        order.trigger = .schedule
        if !isOwn { order.nominalAt += 86_400 }
        let report = try await self.runner().run(order)
        let found = try #require(try await self.catalog.record(left.run, of: left.instanceKey)?.record)
        #expect(report.record.attempts.count == 1)
        #expect(found.outcome == (isOwn ? report.outcome : .interrupted))
        #expect(found.attempts.count == (isOwn ? 1 : 0))
        #expect((report.record.run == left.run) == isOwn)
    }

    @Test(arguments: [true, false])
    func `a stop before the POST leaves a time's run open for the next scheduler`(_ goesOn: Bool) async throws {
        var order = self.order
        order.goesOnUnposted = goesOn
        let stop = StopSignal()
        let runner = try self.runner(stop: stop) { if case .changed = $0 { stop.raise() } }
        let report = try await runner.run(order)
        #expect(report.ending == .interrupted)
        #expect(report.record.attempts.isEmpty)
        #expect(report.record.state == (goesOn ? .planned : .ended))
    }
}
