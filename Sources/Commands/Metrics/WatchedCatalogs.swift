import BackupDomain
import BackupEngine
import FoundationEssentials
import Observability
import Synchronization

/// What the catalogs say of the watched instances, as metrics; of what cannot be read what was read before.
final class WatchedCatalogs: Sendable {
    private struct State {
        var instances: [InstanceKey: JudgedInstance] = [:]
        var at: Date?
        var readAt: Duration?
    }

    private let known = Mutex(State())

    /// Creates a reading of nothing.
    init() {}

    /// Takes in what was seen.
    ///
    /// - Parameters:
    ///   - observation: What was seen.
    ///   - watchlist: The instances that were looked at.
    ///   - ledger: The ledger of incidents; nil where it could not be read, and then nothing is said of it.
    ///   - channels: The names of the channels of the settings.
    ///   - uptime: The present, in uptime.
    /// - Returns: The metrics.
    func reading(
        _ observation: Observation,
        of watchlist: Watchlist,
        _ ledger: IncidentLedger?,
        channels: [String],
        at uptime: Duration
    ) -> MetricsPage.Reading {
        let seen = observation.instances.map { ($0.watch.key, $0) }
        let unseen = observation.unreadable.flatMap(\.instances).map { InstanceKey($0) }
        let instances = self.known.withLock { known in
            let former = unseen.compactMap { key in known.instances[key].map { (key, $0) } }
            known.instances = Dictionary(seen + former) { first, _ in first }
            (known.at, known.readAt) = (observation.at, uptime)
            return known.instances.values.sorted { $0.watch.key < $1.watch.key }
        }
        var accounts = Dictionary(observation.instances.map { ($0.watch.storageAccount, true) }) { first, _ in first }
        for place in observation.unreadable { accounts[place.account] = false }
        return MetricsPage.Reading(
            families: WatchMetrics(instances, at: observation.at).families + [Self.unresolved(watchlist)]
                + (ledger.map { LedgerMetrics($0, channels: channels).families } ?? []),
            accounts: accounts,
            readAt: uptime
        )
    }

    /// What was read before, of catalogs that do not answer.
    ///
    /// - Parameters:
    ///   - accounts: The accounts that they are in.
    ///   - watchlist: The instances that are watched.
    /// - Returns: The metrics.
    func unanswered(_ accounts: [String], of watchlist: Watchlist) -> MetricsPage.Reading {
        let known = self.known.withLock(\.self)
        let instances = known.instances.values.sorted { $0.watch.key < $1.watch.key }
        return MetricsPage.Reading(
            families: (known.at.map { WatchMetrics(instances, at: $0).families } ?? []) + [Self.unresolved(watchlist)],
            accounts: Dictionary(accounts.map { ($0, false) }) { first, _ in first },
            readAt: known.readAt
        )
    }

    private static func unresolved(_ watchlist: Watchlist) -> MetricFamily {
        MetricFamily(.unresolved, [MetricSample(Double(watchlist.faults.count))])
    }
}
