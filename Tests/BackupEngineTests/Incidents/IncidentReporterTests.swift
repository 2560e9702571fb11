import BackupDomain
import BackupEngine
import Foundation
import Synchronization
import TestSupport
import Testing

/// A channel that takes notices, or not, as the test wants.
final class ScriptedChannel: NoticeChannel {
    let name: String
    private let state = Mutex((taken: [Notice](), failures: 0, attempts: 0))

    init(_ name: String = "chat") { self.name = name }

    var taken: [Notice] { self.state.withLock(\.taken) }
    var attempts: Int { self.state.withLock(\.attempts) }

    /// Lets the next so many attempts fail.
    func fail(_ count: Int) { self.state.withLock { $0.failures = count } }

    func send(_ notice: Notice) async throws {
        try self.state.withLock { state in
            state.attempts += 1
            if state.failures > 0 {
                state.failures -= 1
                throw BackupError(.noticeNotDelivered, "The channel '\(self.name)' is down.")
            }
            state.taken.append(notice)
        }
    }
}

@Suite("Telling of incidents")
struct IncidentReporterTests {
    static let container = "apim-backups-catalog"

    let clock = ManualClock()
    let blobs: CountingBlobStorage
    let memory: MemoryBlobStorage
    let channel = ScriptedChannel()

    init() async throws {
        self.memory = MemoryBlobStorage(clock: self.clock)
        try await self.memory.createContainer(Self.container)
        self.blobs = CountingBlobStorage(self.memory)
    }

    /// What processes leave for each other beside the catalog.
    final class Refuge: LedgerRefuge {
        let ledger = Mutex<IncidentLedger?>(nil)

        func left() -> IncidentLedger? { self.ledger.withLock(\.self) }

        func keep(_ ledger: IncidentLedger) -> Bool {
            self.ledger.withLock { left in
                var kept = ledger
                if let left { kept.adopt(left) }
                left = kept
            }
            return true
        }

        func clear(_ adopted: IncidentLedger) { self.ledger.withLock { if $0 == adopted { $0 = nil } } }
    }

    func reporter(
        _ channels: [any NoticeChannel]? = nil,
        on storage: (any BlobStorage)? = nil,
        _ refuge: Refuge? = nil
    ) -> IncidentReporter {
        let channels = channels ?? [self.channel]
        let storage = storage ?? self.blobs
        return IncidentReporter(
            documents: { CatalogDocuments(storage: storage, container: Self.container) },
            catalogs: { [BlobCatalog(storage: storage, container: Self.container)] },
            channels: channels,
            routes: channels.map { NoticeRoute(channel: $0.name, events: Set(Notice.Event.allCases)) },
            rules: AlertRules(),
            refuge: refuge,
            clock: self.clock
        )
    }

    func alert(_ name: String = "contoso-apim", _ kind: AlertKind = .failed, code: String = "backupFailed") -> Alert {
        let id = ResourceID.sample(named: name)
        return Alert(
            kind: kind,
            cause: AlertCause(code: code, scope: "contosobackups"),
            instance: InstanceKey(id),
            name: name,
            since: self.clock.now,
            text: "It failed.",
            run: RunID(instance: id, nominalAt: ManualClock().now)
        )
    }

    func round(_ alerts: [Alert], isFinal: Bool = true) -> AlertRound {
        let observed = [InstanceKey(.sample(named: "contoso-apim")): "contoso-apim"]
        return AlertRound(
            alerts: alerts,
            observed: alerts.reduce(into: observed) { $0[$1.instance] = $1.name },
            at: self.clock.now,
            isFinal: isFinal
        )
    }

    @Test func `a failure is told once by two replicas, with what its record says, and its end as well`() async throws {
        var record = RunRecord.sample(at: ManualClock().now, outcome: .failed)
        record.error = BackupError(.backupFailed, "Azure says no.", azure: AzureFault(status: 200, requestID: "req-1"))
        _ = try await BlobCatalog(storage: self.blobs, container: Self.container).create(record)
        let (first, second) = (self.reporter(), self.reporter())
        try await withThrowingTaskGroup(of: Void.self) { group in
            for reporter in [first, second, first, second] {
                group.addTask { _ = try await reporter.report(self.round([self.alert()])) }
            }
            try await group.waitForAll()
        }
        #expect(self.channel.taken.map(\.event) == [.opened])
        #expect(self.channel.taken.first?.error?.azure?.requestID == "req-1")
        self.clock.advance(by: .seconds(3600))
        for reporter in [first, second] { _ = try await reporter.report(self.round([])) }
        #expect(self.channel.taken.map(\.event) == [.opened, .recovered])
    }

    @Test func `records are read of what has begun, and not of what is over`() async throws {
        let opened = Mutex(0)
        let documents = CatalogDocuments(storage: self.blobs, container: Self.container)
        let reporter = IncidentReporter(
            documents: { documents },
            catalogs: {
                opened.withLock { $0 += 1 }
                return []
            },
            channels: [self.channel],
            routes: [NoticeRoute(channel: self.channel.name, events: Set(Notice.Event.allCases))],
            rules: AlertRules(),
            clock: self.clock
        )
        _ = try await reporter.report(self.round([self.alert()]))
        #expect(opened.withLock(\.self) == 1)
        _ = try await reporter.report(self.round([]))
        #expect(self.channel.taken.map(\.event) == [.opened, .recovered])
        #expect(opened.withLock(\.self) == 1)
    }

    @Test func `a clean look reads one document and writes none`() async throws {
        let reporter = self.reporter()
        self.blobs.reset()
        for _ in 0..<5 {
            let report = try await reporter.report(self.round([], isFinal: false))
            #expect(report.nextLook == nil)
        }
        #expect(self.blobs.calls == ["read": 5])
    }

    @Test func `what a channel does not take is sent later, and others do not wait for it`() async throws {
        let other = ScriptedChannel("mail")
        let reporter = self.reporter([self.channel, other])
        self.channel.fail(2)
        let report = try await reporter.report(self.round([self.alert()]))
        #expect(other.taken.count == 1)
        #expect(report.attempts.count == 2)
        #expect(report.attempts.compactMap(\.failure).map(\.message) == ["The channel 'chat' is down."])
        #expect(report.nextLook == self.clock.now + 60)
        #expect(report.ledger.channels["chat"]?.failures == 1)
        #expect(try await reporter.report(self.round([self.alert()])).attempts.isEmpty)
        self.clock.advance(by: .seconds(60))
        #expect(try await reporter.report(self.round([self.alert()])).nextLook == self.clock.now + 120)
        self.clock.advance(by: .seconds(120))
        // Another process sends it.
        let last = try await self.reporter([self.channel, other]).report(self.round([self.alert()]))
        #expect(self.channel.taken.map(\.event) == [.opened])
        #expect(other.taken.count == 1)
        #expect(last.ledger.channels["chat"]?.failures == 2)
        #expect(last.ledger.channels["chat"]?.failingSince == nil)
        #expect(last.ledger.undelivered == 0)
    }

    @Test func `what follows a failure on a channel waits, in order`() async throws {
        let reporter = self.reporter()
        let two = [self.alert("a", code: "x"), self.alert("b", code: "y")]
        self.channel.fail(1)
        #expect(try await reporter.report(self.round(two)).attempts.count == 1)
        self.clock.advance(by: .seconds(60))
        _ = try await reporter.report(self.round(two))
        #expect(self.channel.taken.map(\.lines.first?.name) == ["a", "b"])
    }

    @Test func `without a catalog this process remembers, tells once, and hands over what it told`() async throws {
        let closed = ClosedBlobStorage(self.memory)
        let reporter = self.reporter(on: closed)
        closed.isClosed = true
        let unreadable = self.alert("contoso-apim", .catalogUnreadable, code: "unreachable")
        for _ in 0..<3 {
            let report = try await reporter.report(self.round([unreadable]))
            #expect(report.refusal?.code == .unreachable)
            self.clock.advance(by: .seconds(600))
        }
        #expect(self.channel.taken.map(\.event) == [.opened])
        closed.isClosed = false
        let back = try await reporter.report(self.round([]))
        #expect(back.refusal == nil)
        #expect(self.channel.taken.map(\.event) == [.opened, .recovered])
        #expect(try await self.reporter().ledger().incidents.map(\.kind) == [.catalogUnreadable])
    }

    @Test func `what was sent while the catalog went away is not sent again`() async throws {
        let closed = ClosedBlobStorage(self.memory)
        let reporter = self.reporter(on: closed)
        closed.closeAfter(writes: 1)
        #expect(try await reporter.report(self.round([self.alert()])).refusal != nil)
        #expect(self.channel.taken.count == 1)
        closed.isClosed = false
        self.clock.advance(by: .seconds(600))
        let report = try await reporter.report(self.round([self.alert()]))
        #expect(report.attempts.isEmpty)
        #expect(self.channel.taken.count == 1)
        #expect(report.ledger.undelivered == 0)
    }

    @Test func `an incident that was told before the catalog went away is not told again, and its end is`() async throws
    {
        let closed = ClosedBlobStorage(self.memory)
        let reporter = self.reporter(on: closed)
        _ = try await reporter.report(self.round([self.alert("elsewhere")]))
        closed.isClosed = true
        self.clock.advance(by: .seconds(600))
        let both = [self.alert("elsewhere"), self.alert("contoso-apim", .catalogUnreadable, code: "unreachable")]
        for _ in 0..<2 { _ = try await reporter.report(self.round(both)) }
        #expect(self.channel.taken.map(\.incident?.kind) == [.failed, .catalogUnreadable])
        var well = self.round([both[1]])
        well.observed[InstanceKey(.sample(named: "elsewhere"))] = "elsewhere"
        _ = try await reporter.report(well)
        closed.isClosed = false
        well.alerts = []
        for _ in 0..<2 { _ = try await reporter.report(well) }
        #expect(self.channel.taken.map(\.event) == [.opened, .opened, .recovered, .recovered])
        #expect(try await self.reporter().ledger().open.isEmpty)
    }

    @Test func `who cannot read the ledger tells under the same ids as who wrote it`() async throws {
        let alert = self.alert()
        _ = try await self.reporter().report(self.round([alert]))
        self.clock.advance(by: .seconds(900))
        let closed = ClosedBlobStorage(self.memory)
        closed.isClosed = true
        _ = try await self.reporter(on: closed).report(self.round([alert]))
        let taken = self.channel.taken
        #expect(taken.map(\.event) == [.opened, .opened])
        #expect(Set(taken.map(\.id)).count == 1)
        #expect(Set(taken.map(\.incident?.id)).count == 1)
    }

    @Test func `what a process told that could not write it down is known to the next one on the machine`() async throws
    {
        let (closed, refuge) = (ClosedBlobStorage(self.memory), Refuge())
        closed.isClosed = true
        let unreadable = self.alert("contoso-apim", .catalogUnreadable, code: "unreachable")
        for _ in 0..<4 {
            let report = try await self.reporter(on: closed, refuge).report(self.round([unreadable]))
            #expect(report.refusal != nil && report.isKept)
            self.clock.advance(by: .seconds(900))
        }
        #expect(self.channel.taken.map(\.event) == [.opened])
        closed.isClosed = false
        let back = try await self.reporter(on: closed, refuge).report(self.round([]))
        #expect(back.refusal == nil && !back.isKept)
        #expect(self.channel.taken.map(\.event) == [.opened, .recovered])
        #expect(refuge.left() == nil)
        #expect(try await self.reporter().ledger().incidents.map(\.kind) == [.catalogUnreadable])
    }

    @Test func `what several processes of a machine could not write down comes into the catalog together`() async throws
    {
        let (closed, refuge) = (ClosedBlobStorage(self.memory), Refuge())
        closed.isClosed = true
        let (first, second) = (self.reporter(on: closed, refuge), self.reporter(on: closed, refuge))
        let alerts = [self.alert("a", code: "x"), self.alert("b", code: "y")]
        _ = try await first.report(self.round([alerts[0]]))
        _ = try await second.report(self.round([alerts[1]]))
        // Neither tells again what the other one told.
        for reporter in [first, second] { _ = try await reporter.report(self.round(alerts)) }
        #expect(self.channel.taken.map(\.lines.first?.name) == ["a", "b"])
        closed.isClosed = false
        _ = try await first.report(self.round([alerts[0]]))
        #expect(refuge.left() == nil)
        #expect(try await self.reporter().ledger().open.map(\.cause.code).sorted() == ["x", "y"])
    }

    @Test func `where nobody can say where the ledger lies people are told all the same`() async throws {
        let lost = BackupError(.credentialRejected, "The secret has expired.")
        let isLost = Mutex(true)
        let documents = CatalogDocuments(storage: self.blobs, container: Self.container)
        let reporter = IncidentReporter(
            documents: { if isLost.withLock(\.self) { throw lost } else { documents } },
            catalogs: { throw lost },
            channels: [self.channel],
            routes: [NoticeRoute(channel: self.channel.name, events: Set(Notice.Event.allCases))],
            rules: AlertRules(),
            clock: self.clock
        )
        for _ in 0..<3 {
            let report = try await reporter.report(self.round([self.alert(code: "credentialRejected")]))
            #expect(report.refusal?.code == .credentialRejected)
        }
        #expect(self.channel.taken.map(\.event) == [.opened])
        isLost.withLock { $0 = false }
        #expect(try await reporter.report(self.round([])).refusal == nil)
        #expect(self.channel.taken.map(\.event) == [.opened, .recovered])
    }

    @Test func `the line of a morning is sent once by two replicas`() async throws {
        let verdicts = [InstanceKey(.sample(named: "contoso-apim")): ProtectionStatus.Verdict.protected]
        for _ in 0..<3 {
            let order = DigestOrder(dueAt: self.clock.now, verdicts: verdicts)
            for reporter in [self.reporter(), self.reporter()] {
                _ = try await reporter.report(self.round([], isFinal: false), digest: order)
            }
            self.clock.advance(by: .seconds(86_400))
        }
        #expect(self.channel.taken.map(\.event) == [.digest, .digest])
    }

    @Test func `a ledger of a newer release is left alone`() async throws {
        _ = try await self.memory.write(
            Data(#"{"version":99}"#.utf8),
            to: CatalogPath.incidents,
            in: Self.container,
            condition: .absent,
            contentType: "application/json"
        )
        let report = try await self.reporter().report(self.round([self.alert()]))
        #expect(report.refusal?.code == .recordTooNew)
        #expect(self.channel.taken.count == 1, "people are told all the same")
        let (content, _) = try #require(
            try await self.memory.read(CatalogPath.incidents, in: Self.container, cap: 1 << 20)
        )
        #expect(String(decoding: content, as: UTF8.self) == #"{"version":99}"#)
    }
}
