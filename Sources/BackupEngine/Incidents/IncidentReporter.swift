package import BackupDomain
import FoundationEssentials
import Synchronization

/// Takes what a look showed into the ledger of incidents, and sends what is due on the channels.
///
/// The ledger lies in the catalog, so that replicas tell once. Where it cannot be written, this process remembers it, tells
/// by that, and hands it over once the catalog can be written again; where it ends before that, the next one on the machine does.
package final class IncidentReporter: Sendable {
    private struct Memory {
        /// The ledger as the catalog had it last.
        var known = IncidentLedger()
        /// What became of it here, where that could not be written.
        var ledger: IncidentLedger?
        /// Whether the next process on this machine will find it.
        var isKept = false
        /// What came of sending, until it is written down.
        var settlements: [NoticeSettlement] = []
    }

    private let documents: @Sendable () async throws -> CatalogDocuments
    private let catalogs: @Sendable () async throws -> [BlobCatalog]
    private let channels: [any NoticeChannel]
    private let routes: [NoticeRoute]
    private let rules: AlertRules
    private let refuge: (any LedgerRefuge)?
    private let clock: any WallClock
    private let memory = Mutex(Memory())

    /// Creates a reporter.
    ///
    /// - Parameters:
    ///   - documents: Opens the documents of the catalog in which the ledger lies; where that fails with a
    ///     ``BackupDomain/BackupError``, people are told all the same.
    ///   - catalogs: Opens where records are, for what a run failed with.
    ///   - channels: The channels to send on.
    ///   - routes: What each of them is told.
    ///   - rules: When something is told.
    ///   - refuge: Where the ledger is kept while the catalog does not take it; nil, the default, for nowhere.
    ///   - clock: The time.
    package init(
        documents: @escaping @Sendable () async throws -> CatalogDocuments,
        catalogs: @escaping @Sendable () async throws -> [BlobCatalog],
        channels: [any NoticeChannel],
        routes: [NoticeRoute],
        rules: AlertRules,
        refuge: (any LedgerRefuge)? = nil,
        clock: any WallClock
    ) {
        self.documents = documents
        self.catalogs = catalogs
        self.channels = channels
        self.routes = routes
        self.rules = rules
        self.refuge = refuge
        self.clock = clock
    }

    /// The ledger as it is written down now.
    ///
    /// - Returns: The ledger; an empty one where nothing was ever wrong.
    /// - Throws: ``BackupDomain/BackupError``
    package func ledger() async throws -> IncidentLedger {
        try await self.documents().read(IncidentLedger.self, at: CatalogPath.incidents)?.document ?? IncidentLedger()
    }

    /// Writes down what a look showed, and sends what is due.
    ///
    /// What a channel does not take is tried again by later calls; its failure is no error of this one.
    ///
    /// - Parameters:
    ///   - round: What the look showed.
    ///   - digest: The morning's line, where one is wanted.
    /// - Returns: What was sent, and when to look again.
    /// - Throws: `CancellationError`
    package func report(_ round: AlertRound, digest: DigestOrder? = nil) async throws -> IncidentReport {
        var claims: [(notice: Notice, channel: String)] = []
        let (ledger, refusal) = try await self.change { ledger in
            ledger.take(round, rules: self.rules, routes: self.routes)
            if let digest {
                ledger.digest(
                    digest.verdicts,
                    contents: digest.contents,
                    dueAt: digest.dueAt,
                    at: round.at,
                    routes: self.routes
                )
            }
            claims = ledger.claim(for: self.channels.map(\.name), at: round.at)
        }
        let settlements = claims.isEmpty ? [] : await self.send(claims)
        self.memory.withLock { $0.settlements += settlements }
        try Task.checkCancellation()
        let (settled, laterRefusal) = settlements.isEmpty ? (ledger, nil) : try await self.change { _ in }
        let attempts = settlements.filter(\.isSent).compactMap { settlement in
            claims.first { $0.notice.id == settlement.notice }.map { claim in
                IncidentReport.Attempt(notice: claim.notice, channel: settlement.channel, failure: settlement.failure)
            }
        }
        return IncidentReport(
            attempts: attempts,
            ledger: settled,
            nextLook: settled.nextLook(round.alerts, channels: Set(self.channels.map(\.name)), rules: self.rules),
            refusal: refusal ?? laterRefusal,
            isKept: self.memory.withLock(\.isKept)
        )
    }

    /// Changes the ledger in the catalog, else in memory.
    private func change(
        _ body: (inout IncidentLedger) -> Void
    ) async throws -> (ledger: IncidentLedger, refusal: BackupError?) {
        let now = self.clock.now
        let memory = self.memory.withLock(\.self)
        func changed(_ ledger: inout IncidentLedger) {
            for settlement in memory.settlements { settlement.apply(to: &ledger, at: now) }
            body(&ledger)
        }
        let left = self.refuge?.left()
        let own = Self.joined(memory.ledger, left)
        do {
            let ledger = try await self.inCatalog { ledger in
                if let own { ledger.adopt(own) }
                changed(&ledger)
            }
            if let left { self.refuge?.clear(left) }
            self.memory.withLock { $0 = Memory(known: ledger) }
            return (ledger, nil)
        } catch let error as BackupError {
            var ledger = own ?? memory.known
            changed(&ledger)
            let isKept = self.refuge?.keep(ledger) ?? false
            self.memory.withLock { $0 = Memory(known: memory.known, ledger: ledger, isKept: isKept) }
            return (ledger, error)
        }
    }

    /// What this process remembers, with what others left.
    private static func joined(_ own: IncidentLedger?, _ left: IncidentLedger?) -> IncidentLedger? {
        guard var own, let left else { return own ?? left }
        own.adopt(left)
        return own
    }

    private func inCatalog(_ body: (inout IncidentLedger) -> Void) async throws -> IncidentLedger {
        try await self.documents().update(at: CatalogPath.incidents, from: IncidentLedger(), body)
    }

    /// Sends on all channels at once, on each in order; what follows a failure on a channel waits for its next turn.
    private func send(_ claims: [(notice: Notice, channel: String)]) async -> [NoticeSettlement] {
        let errors = await self.errors(of: claims.map(\.notice))
        return await withTaskGroup(of: [NoticeSettlement].self) { group in
            for channel in self.channels {
                let own = claims.filter { $0.channel == channel.name }.map(\.notice)
                group.addTask {
                    var settlements: [NoticeSettlement] = []
                    var isStuck = false
                    for var notice in own {
                        var settlement = NoticeSettlement(notice: notice.id, channel: channel.name, isSent: !isStuck)
                        if !isStuck {
                            notice.error = errors[notice.id] ?? notice.error
                            settlement.failure = await Self.send(notice, on: channel)
                            isStuck = settlement.failure != nil
                        }
                        settlements.append(settlement)
                    }
                    return settlements
                }
            }
            return await group.reduce(into: []) { $0 += $1 }
        }
    }

    private static func send(_ notice: Notice, on channel: any NoticeChannel) async -> BackupError? {
        do {
            try await channel.send(notice)
            return nil
        } catch let error as BackupError {
            return error
        } catch is CancellationError {
            return BackupError(.interrupted, "The channel '\(channel.name)' was interrupted.")
        } catch {
            return BackupError(.noticeNotDelivered, "The channel '\(channel.name)' did not take a notice: \(error)")
        }
    }

    /// Reads what the first run of each notice failed with, as its record has it.
    private func errors(of notices: [Notice]) async -> [String: BackupError] {
        let runs = notices.reduce(into: [String: (id: RunID, instance: InstanceKey)]()) { runs, notice in
            guard let incident = notice.incident, incident.closedAt == nil, let line = notice.lines.first,
                let run = line.run, let key = InstanceKey(text: line.key)
            else { return }
            runs[notice.id] = (run, key)
        }
        // A notice without the details is better than none.
        guard !runs.isEmpty, let catalogs = try? await self.catalogs() else { return [:] }
        var errors: [String: BackupError] = [:]
        for (notice, run) in runs {
            for catalog in catalogs where errors[notice] == nil {
                errors[notice] = (try? await catalog.record(run.id, of: run.instance))??.record.error
            }
        }
        return errors
    }
}
