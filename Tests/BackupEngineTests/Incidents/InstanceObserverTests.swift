import BackupDomain
import BackupEngine
import Foundation
import TestSupport
import Testing

@Suite("Looking at watched instances")
struct InstanceObserverTests {
    static let container = "apim-backups-catalog"
    static let night = ManualClock().now
    static let day = 86_400.0

    let clock = ManualClock(now: night - 64 * day)
    let blobs: CountingBlobStorage
    let closed: ClosedBlobStorage
    let catalog: BlobCatalog
    let documents: CatalogDocuments

    init() async throws {
        let memory = MemoryBlobStorage(clock: self.clock)
        for name in [Self.container, "apim-backups"] { try await memory.createContainer(name) }
        // As far back as blobs lie there, records are read.
        _ = try await memory.write(
            Data("x".utf8),
            to: "old",
            in: "apim-backups",
            condition: .absent,
            contentType: "text/plain"
        )
        self.clock.advance(by: .seconds(64 * Self.day + 10_800))
        self.blobs = CountingBlobStorage(memory)
        self.closed = ClosedBlobStorage(self.blobs)
        self.catalog = BlobCatalog(storage: self.blobs, container: Self.container)
        self.documents = CatalogDocuments(storage: self.blobs, container: Self.container)
    }

    func write(_ name: String, _ nights: [(Double, RunOutcome?)], bytes: Int = 614_400) async throws {
        let newest = nights.filter { $0.1 == .verified }.map(\.0).min()
        for (days, outcome) in nights {
            var record = RunRecord.sample(of: name, at: Self.night - days * Self.day, outcome: outcome, bytes: bytes)
            // The newest good backup is looked at, and no other.
            if days == newest { record = try await record.lying(in: self.blobs) }
            _ = try await self.catalog.create(record)
            try await self.catalog.summarize(record, at: self.clock.now)
        }
    }

    func place(_ names: [String], policy: RetentionPolicy = RetentionPolicy()) throws -> WatchedPlace {
        let url = try #require(URL(string: "https://contosobackups.blob.core.windows.net"))
        return WatchedPlace(
            storage: RunStorage(
                account: StorageAccount(name: "contosobackups", blobEndpoint: url),
                blobs: self.closed
            ),
            container: "apim-backups",
            catalogContainer: Self.container,
            instances: names.map { name in
                let id = ResourceID.sample(named: name)
                let scheduled = ScheduledInstance(id: id, schedule: Schedule(), zone: .utc)
                return WatchedPlace.Watched(id: id, schedule: scheduled, maxAge: nil, retention: policy)
            }
        )
    }

    /// Lets a scheduler have seen an instance some days ago.
    func seen(_ name: String, daysAgo: Double) async throws {
        let id = ResourceID.sample(named: name)
        let due = DueTimes(Schedule(), zone: .utc, instance: id)
        let history = ScheduleHistory(due, at: Self.night - daysAgo * Self.day)
        try await self.documents.change(at: CatalogPath.schedule(of: InstanceKey(id)), from: history) { _ in }
    }

    func kinds(_ observation: Observation) -> [String] {
        observation.round(rules: AlertRules(), isFinal: true).alerts.map { "\($0.name) \($0.kind.rawValue)" }
    }

    func observe(_ names: [String], ledger: IncidentLedger = IncidentLedger()) async throws -> Observation {
        try await InstanceObserver(clock: self.clock).observe([self.place(names)], ledger: ledger)
    }

    @Test func `a clean night, a failed one, a missed one and a new instance are told apart`() async throws {
        try await self.write("clean", [(1, .verified), (0, .verified)])
        try await self.write("failing", [(1, .verified), (0, .failed)])
        try await self.write("missed", [(2, .verified), (1, .verified)])
        for name in ["clean", "failing", "missed"] { try await self.seen(name, daysAgo: 5) }
        try await self.seen("new", daysAgo: -0.05)
        let seen = try await self.observe(["clean", "failing", "missed", "new"])
        #expect(self.kinds(seen) == ["failing failed", "missed missed"])
        #expect(seen.instances.map(\.verdict) == [.protected, .atRisk, .atRisk, .unprotected])
        #expect(seen.instances.allSatisfy { $0.watch.allowedAge == .seconds(93_600) })
        #expect(seen.instances.first?.watch.next?.nominalAt == Self.night + Self.day)
    }

    @Test func `fifty instances that fail for one reason are told as one, through the catalog`() async throws {
        let names = (0..<50).map { "apim-\($0)" }
        for name in names { try await self.write(name, [(0, .failed)]) }
        let channel = ScriptedChannel()
        let reporter = IncidentReporter(
            documents: { self.documents },
            catalogs: { [self.catalog] },
            channels: [channel],
            routes: [NoticeRoute(channel: channel.name)],
            rules: AlertRules(),
            clock: self.clock
        )
        for _ in 0..<2 {
            let seen = try await self.observe(names, ledger: reporter.ledger())
            _ = try await reporter.report(seen.round(rules: AlertRules(), isFinal: true))
        }
        #expect(channel.taken.map(\.incident?.instances) == [50])
        #expect(channel.taken.first?.error?.code == .backupFailed)
    }

    @Test func `a catalog that cannot be read is told of all its instances`() async throws {
        self.closed.isClosed = true
        let seen = try await self.observe(["a", "b"])
        #expect(self.kinds(seen) == ["a catalogUnreadable", "b catalogUnreadable"])
        #expect(Set(seen.verdicts.values) == [.atRisk])
    }

    @Test(arguments: [-3_456_000.0, -302, 302])
    func `by a clock that is off nothing is called well, and its account counts as one that cannot be read`(
        _ seconds: Double
    ) async throws {
        try await self.write("clean", [(1, .verified), (0, .verified)])
        try await self.seen("clean", daysAgo: 5)
        let observer = InstanceObserver(clock: ManualClock(now: self.clock.now + seconds))
        let seen = try await observer.observe([self.place(["clean"])], ledger: IncidentLedger())
        #expect(seen.instances.isEmpty)
        #expect(seen.unreadable.map(\.error.code) == [.clockOff])
        #expect(self.kinds(seen) == ["clean catalogUnreadable"])
        #expect(Set(seen.verdicts.values) == [.atRisk])
    }

    @Test func `a backup that is gone or written over is told of at the next look, and counts for nothing`()
        async throws
    {
        for name in ["gone", "clean", "overwritten"] {
            try await self.write(name, [(1, .verified), (0, .verified)])
            try await self.seen(name, daysAgo: 5)
            if name == "clean" { continue }
            let record = RunRecord.sample(of: name, at: Self.night)
            let backup = try #require(record.backup)
            if name == "gone" {
                _ = try await self.blobs.delete(backup.name, in: backup.container, condition: .always)
            } else {
                _ = try await RunRecord.sample(of: name, at: Self.night, bytes: 6).lying(in: self.blobs)
            }
        }
        let seen = try await self.observe(["gone", "clean", "overwritten"])
        #expect(self.kinds(seen) == ["gone overdue", "overwritten overdue"])
        #expect(seen.instances.map(\.verdict) == [.unprotected, .protected, .unprotected])
        let texts = seen.round(rules: AlertRules(), isFinal: true).alerts.map(\.text)
        #expect(texts.first?.hasSuffix("was verified, and has vanished since.") == true, "\(texts)")
        #expect(texts.last?.hasSuffix("was verified, and has changed since.") == true, "\(texts)")
        #expect(seen.instances.map { $0.watch.summary?.lastGood?.nominalAt == Self.night } == [false, true, false])
    }

    @Test func `backups that others made count as status counts them`() async throws {
        let id = ResourceID.sample(named: "logic")
        let points = [(1.0, 29.0), (31, -1)].map { age, left in
            let (made, until) = (Self.night - age * Self.day, Self.night + left * Self.day)
            return #"{"name":"\#(age)","bytes":5,"createdAt":"\#(made.iso8601)","restorableUntil":"\#(until.iso8601)"}"#
        }
        let checked = Self.night.iso8601
        let text = #"{"version":1,"checkedAt":"\#(checked)","points":[\#(points.joined(separator: ","))]}"#
        _ = try await self.blobs.write(
            Data(text.utf8),
            to: CatalogPath.adopted(of: InstanceKey(id)),
            in: Self.container,
            condition: .absent,
            contentType: "application/json"
        )
        let seen = try await self.observe(["logic", "bare"])
        #expect(seen.instances.map(\.verdict) == [.atRisk, .unprotected])
        #expect(seen.instances.map { $0.watch.adopted?.restorable(at: self.clock.now).count } == [1, nil])
    }

    @Test
    func `the verdict is that of status, also after a drill that did not pass and a time that no run could begin for`()
        async throws
    {
        let names = ["clean", "undrilled", "unbegun"]
        for name in names {
            try await self.write(name, [(1, .verified), (0, .verified)])
            try await self.seen(name, daysAgo: 5)
        }
        let key = { (name: String) in InstanceKey(.sample(named: name)) }
        let drill = DrillHistory.Drill(
            at: Self.night + 3600,
            backupName: nil,
            backupRun: nil,
            run: RunID(instance: .sample(named: "undrilled"), nominalAt: Self.night),
            target: nil,
            seconds: 0,
            isPassed: false,
            differences: nil,
            reason: "The scratch instance is gone."
        )
        try await self.documents.change(at: CatalogPath.drills(of: key("undrilled")), from: DrillHistory()) {
            $0.note(drill)
        }
        let entry = ScheduleEntry(
            from: Self.night + 3600,
            until: Self.night + 3600,
            count: 1,
            outcome: .failed,
            reason: ScheduleReason(.notBegun, "The instance was not found."),
            decidedAt: Self.night + 3700
        )
        let due = DueTimes(Schedule(), zone: .utc, instance: .sample(named: "unbegun"))
        try await self.documents.change(
            at: CatalogPath.schedule(of: key("unbegun")),
            from: ScheduleHistory(due, at: Self.night)
        ) { $0.decide([entry], until: Self.night + 3600) }
        let seen = try await self.observe(names)
        #expect(seen.instances.map(\.verdict) == [.protected, .atRisk, .atRisk])
        let status = try await StatusReader(
            blobs: self.blobs,
            catalogContainer: Self.container,
            container: "apim-backups",
            clock: self.clock
        ).lines(of: nil, standard: ProtectionStatus.Expectation(), at: self.clock.now)
        let verdicts = status.compactMap { line in line.key.map { ($0, line.status.verdict) } }
        #expect(seen.verdicts == Dictionary(uniqueKeysWithValues: verdicts))
    }

    @Test func `costs a few calls for each instance`() async throws {
        for name in ["a", "b", "c"] {
            try await self.write(name, (0..<40).reversed().map { (Double($0), .verified) })
            try await self.seen(name, daysAgo: 50)
        }
        self.blobs.reset()
        #expect(self.kinds(try await self.observe(["a", "b", "c"])) == [])
        #expect(self.blobs.total <= 2 + 3 * 6, "\(self.blobs.calls)")
    }

    @Test func `a shrink guard that was told of stays tripped when the summary has forgotten the large backups`()
        async throws
    {
        var policy = RetentionPolicy()
        policy.keepLast = 100
        try await self.write("shrunk", [(63, .verified), (62, .verified)], bytes: 10_000_000)
        try await self.write("shrunk", (0..<62).reversed().map { (Double($0), .verified) }, bytes: 1000)
        try await self.seen("shrunk", daysAgo: 70)
        let key = InstanceKey(.sample(named: "shrunk"))
        let summary = try await self.catalog.summary(of: key, at: self.clock.now)
        try #require(summary?.runs.contains { $0.bytes == 10_000_000 } == false)
        let observer = InstanceObserver(clock: self.clock)
        let place = try self.place(["shrunk"], policy: policy)
        let untold = try await observer.observe([place], ledger: IncidentLedger())
        #expect(untold.instances.first?.watch.shrink == nil)

        var ledger = IncidentLedger()
        let alert = Alert(
            kind: .retentionBlocked,
            cause: AlertCause(code: RetentionReason.Code.shrinkGuard.rawValue, scope: "contosobackups"),
            instance: key,
            name: "shrunk",
            since: Self.night,
            text: "The shrink guard is tripped."
        )
        let round = AlertRound(alerts: [alert], observed: [key: "shrunk"], at: Self.night, isFinal: true)
        ledger.take(round, rules: AlertRules(), routes: [NoticeRoute(channel: "chat")])
        let told = try await observer.observe([place], ledger: ledger)
        #expect(told.instances.first?.watch.shrink?.bytes == 1000)
    }

    @Test func `of an instance whose newest record is of a newer version nothing is said, and of the others all is`()
        async throws
    {
        try await self.write("contoso-apim", [(0, .verified)])
        try await self.write("contoso-standby", [(0, .verified)])
        let newer = RunRecord.sample(of: "contoso-apim", at: Self.night + 3600)
        let path = CatalogPath.record(newer.run, of: newer.instanceKey)
        _ = try await self.blobs.write(
            Data(#"{"version": 9, "state": "ended"}"#.utf8),
            to: path,
            in: Self.container,
            condition: .absent,
            contentType: "application/json"
        )
        let place = try self.place(["contoso-apim", "contoso-standby"])
        let observation = try await InstanceObserver(clock: self.clock).observe([place], ledger: IncidentLedger())
        #expect(observation.instances.map(\.watch.instance.name) == ["contoso-standby"])
        #expect(observation.unreadable.flatMap(\.instances).map(\.name) == ["contoso-apim"])
        #expect(observation.unreadable.first?.error.code == .recordTooNew)
        #expect(observation.verdicts[newer.instanceKey] == .atRisk)
    }
}
