import BackupDomain
import BackupEngine
import Foundation
import Synchronization
import TestSupport
import Testing

@Suite("The time for which a run is followed", .timeLimit(.minutes(1)))
struct PatienceTests {
    let clock = ManualClock(now: RunFixture.night)
    let blobs: MemoryBlobStorage
    let catalog: BlobCatalog
    /// The backup of another process, which Azure has accepted and is at work on.
    let left: RunRecord
    let version: ETag

    init() async throws {
        self.blobs = MemoryBlobStorage(clock: self.clock)
        for name in ["apim-backups", "apim-backups-catalog"] { try await self.blobs.createContainer(name) }
        self.catalog = BlobCatalog(storage: self.blobs, container: "apim-backups-catalog")
        var run = try RunFixture()
        run.accept()
        self.left = run.run.record
        self.version = try await self.catalog.create(self.left)
        try await self.catalog.summarize(self.left, at: self.clock.now)
    }

    /// A person's order, of a minute later than the backup that is under way.
    func order(patience: Duration) throws -> BackupOrder {
        var order = BackupOrder(instance: self.left.instance.id, nominalAt: RunFixture.night + 60)
        order.limits.patience = patience
        return order
    }

    /// A runner that follows the backup which is under way until somebody says that it is done, and posts none.
    func runner(
        isDone: @escaping @Sendable () -> Bool = { false },
        stop: StopSignal = StopSignal(),
        blobs: (any BlobStorage)? = nil,
        _ notify: @escaping @Sendable (RunNotice) async -> Void = { _ in }
    ) throws -> BackupRunner {
        let plane = OneInstancePlane(try RunFixture.instance(), clock: self.clock) { kind, _ in
            Issue.record("a \(kind) was posted")
            return ManagementAnswer(status: 500)
        } poll: {
            isDone() ? RunFixture.done : ManagementAnswer(status: 202, retryAfter: .seconds(60))
        }
        return try BackupRunner.sample(
            plane,
            blobs: blobs ?? self.blobs,
            clock: self.clock,
            stop: stop,
            notify: notify
        )
    }

    func lock(of instance: ResourceID) -> InstanceLock {
        InstanceLock(
            of: InstanceKey(instance),
            blobs: self.blobs,
            container: "apim-backups-catalog",
            clock: self.clock
        )
    }

    @Test func `is shorter by what was waited for the lock, and each process has its own`() async throws {
        // Its holder is dead: the lock is free in a minute.
        #expect(try await self.lock(of: self.left.instance.id).acquire() != nil)
        let isDone = Mutex(false)
        let waits = Mutex<[Duration]>([])
        let runner = try self.runner(isDone: { isDone.withLock(\.self) }) { notice in
            if case .waiting(_, let wait) = notice { waits.withLock { $0.append(wait) } }
        }
        let order = try self.order(patience: .seconds(100))
        async let first = runner.run(order)
        await self.clock.sleepers(1)
        self.clock.advance(by: .seconds(60))
        // The renewal of the lock, and the wait before the next poll: Azure asks for a minute.
        await self.clock.sleepers(2)
        try #require(waits.withLock(\.self) == [.seconds(40)])
        self.clock.advance(by: .seconds(40))
        let report = try await first
        #expect(report.ending == .outOfTime)
        #expect(report.outcome == .unknown)
        #expect(report.error?.code == .notSeenToTheEnd)
        #expect(report.record.run == self.left.run)
        let open = try #require(try await self.catalog.record(self.left.run, of: self.left.instanceKey)?.record)
        #expect(open.state == .accepted && open.outcome == nil)

        async let second = runner.run(order)
        await self.clock.sleepers(2)
        try #require(waits.withLock(\.self) == [.seconds(40), .seconds(60)])
        isDone.withLock { $0 = true }
        _ = try await self.blobs.write(
            Data("backup".utf8),
            to: try #require(self.left.attempts.last?.backupName),
            in: "apim-backups",
            condition: .absent,
            contentType: "application/octet-stream"
        )
        self.clock.advance(by: .seconds(60))
        let end = try await second
        #expect(end.ending == .ended && end.record.run == self.left.run)
        #expect(end.outcome == .verified, "\(end.record)")
    }

    @Test(arguments: [false, true])
    func `over while another process is at work, its run is told as it stands then`(_ endsMeanwhile: Bool) async throws
    {
        let (catalog, version) = (self.catalog, self.version)
        #expect(try await self.lock(of: self.left.instance.id).acquire() != nil)
        let runner = try self.runner()
        let order = try self.order(patience: .seconds(30))
        async let watching = runner.run(order)
        await self.clock.sleepers(1)
        var changed = self.left
        changed.state = endsMeanwhile ? .ended : .settling
        changed.outcome = endsMeanwhile ? .verified : nil
        let later = changed
        // the watcher                    the other process
        // -----------                    -----------------
        // looks whether it has ended
        //                                goes on, or ends
        // has no time left, looks again
        let (blobs, other) = (self.blobs, self.lock(of: .sample(named: "fabrikam-apim")))
        blobs.underLease {
            blobs.underLease { _ = try await catalog.replace(later, version: version) }
            try await other.breakOpen()
            _ = try await other.acquire()
        }
        _ = try await other.acquire()
        self.clock.advance(by: .seconds(30))
        let report = try await watching
        #expect(report.record.state == later.state)
        #expect(report.ending == (endsMeanwhile ? .ended : .outOfTime))
        #expect(report.outcome == (endsMeanwhile ? .verified : .unknown))
        #expect(report.isReattached)
        #expect(self.clock.uptime == .seconds(30))
    }

    @Test func `over after the final record was written, the run has ended, also where the lock is lost by then`()
        async throws
    {
        let (clock, closable) = (self.clock, ClosedBlobStorage(self.blobs))
        _ = try await self.blobs.write(
            Data("backup".utf8),
            to: try #require(self.left.attempts.last?.backupName),
            in: "apim-backups",
            condition: .absent,
            contentType: "application/octet-stream"
        )
        let losses = Mutex(0)
        let isDone = Mutex(false)
        let runner = try self.runner(isDone: { isDone.withLock(\.self) }, blobs: closable) { notice in
            switch notice {
            case .changed(let record) where record.state == .ended: closable.isClosed = true
            case .summaryUnwritten: try? await clock.sleep(for: .seconds(600))
            case .lockLost: losses.withLock { $0 += 1 }
            default: break
            }
        }
        let order = try self.order(patience: .seconds(300))
        async let following = runner.run(order)
        await self.clock.sleepers(2)
        isDone.withLock { $0 = true }
        self.clock.advance(by: .seconds(60))
        await self.clock.sleepers(2)
        // So long without a renewal, the lock counts as lost.
        self.clock.advance(by: .seconds(60))
        let report = try await following
        #expect(report.ending == .ended && report.outcome == .verified, "\(report)")
        #expect(report.record.run == self.left.run)
        #expect(losses.withLock(\.self) == 0)
    }

    @Test func `over before it is written that a run is given up, nobody is told that it has ended`() async throws {
        var unposted = self.left
        unposted.state = .planned
        unposted.attempts = []
        _ = try await self.catalog.replace(unposted, version: self.version)
        let (clock, closable) = (self.clock, ClosedBlobStorage(self.blobs))
        let runner = try self.runner(blobs: closable) { notice in
            guard case .reattached = notice else { return }
            closable.isClosed = true
            try? await clock.sleep(for: .seconds(600))
        }
        let order = try self.order(patience: .seconds(100))
        async let following = runner.run(order)
        await self.clock.sleepers(2)
        // So long without a renewal, the lock counts as lost.
        self.clock.advance(by: .seconds(60))
        await self.clock.sleepers(1)
        self.clock.advance(by: .seconds(40))
        let report = try await following
        #expect(report.ending == .outOfTime && report.outcome == .unknown)
        #expect(report.record.run == self.left.run && report.record.state == .planned)
    }

    @Test(arguments: RunKind.allCases)
    func `over before the POST, nothing is said to go on in Azure`(_ kind: RunKind) throws {
        var record = try RunFixture.record()
        if kind == .restore {
            record.restore = RecordedRestore(
                backup: RecordedBackup(
                    account: "contosobackups",
                    container: "apim-backups",
                    name: RunRestoringTests.name,
                    properties: nil,
                    restorableFrom: RunFixture.night
                ),
                run: nil,
                source: nil,
                confirmation: RecordedRestore.Confirmation(
                    name: "contoso-apim",
                    at: RunFixture.night,
                    by: RecordedPrincipal(credential: "azure-cli")
                )
            )
        }
        let report = RunReport(record: record, ending: .outOfTime, isReattached: true, place: .catalog)
        #expect(report.error?.code == .notSeenToTheEnd)
        let place = kind == .backup ? "backup of" : "restore into"
        #expect(report.error?.message.hasPrefix("The \(place) contoso-apim had not been posted") == true)
        #expect(report.error?.remedy?.contains("resume") == false)
    }

    @Test func `over while the storage account is away, the run is told as it was last known`() async throws {
        let closable = ClosedBlobStorage(self.blobs)
        let outages = Mutex(0)
        let runner = try self.runner(blobs: closable) { notice in
            if case .catalogUnavailable = notice { outages.withLock { $0 += 1 } }
        }
        let order = try self.order(patience: .seconds(100))
        async let following = runner.run(order)
        await self.clock.sleepers(2)
        closable.isClosed = true
        // So long without a renewal, the lock counts as lost.
        self.clock.advance(by: .seconds(60))
        await self.clock.sleepers(1)
        self.clock.advance(by: .seconds(40))
        let report = try await following
        #expect(report.ending == .outOfTime)
        #expect(report.record.run == self.left.run && report.record.state == .accepted)
        #expect(outages.withLock(\.self) > 0)
    }
}
