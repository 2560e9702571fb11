import AzureClient
import BackupDomain
import BackupEngine
import Observability
import Settings

extension ScheduledFleet {
    /// How long catalogs may take to answer: Prometheus waits ten seconds.
    private static let patienceOfScrape = Duration.seconds(8)

    /// What this fleet knows of itself at the moment, as metrics.
    var gauges: [MetricFamily] {
        guard let desk = self.presentDesk else { return [] }
        let waits = desk.connection.budgets.waits
        let tick = self.tickAge.map { MetricFamily(.schedulerTickAge, [MetricSample($0.timeInterval)]) }
        return [tick].compactMap(\.self) + [
            MetricFamily(.throttleWaits, [MetricSample(Double(waits.count))]),
            MetricFamily(.throttleWaitSeconds, [MetricSample(waits.total.timeInterval)]),
        ]
    }

    /// What the catalogs say of the instances, as metrics.
    ///
    /// - Returns: The metrics; what was read before where the catalogs do not answer in time.
    func metrics() async -> MetricsPage.Reading {
        guard let desk = self.presentDesk else { return self.state.catalogs.unanswered([]) }
        let list = self.watchlist().list
        let look = InstanceLook(connection: desk.connection, zones: desk.due.zones)
        do {
            let (observation, ledger) = try await desk.within(Self.patienceOfScrape, self.clock) {
                let ledger = await look.ledger()
                return (try await look.observe(list, ledger), ledger)
            }
            return self.state.catalogs.reading(
                observation,
                ledger,
                channels: self.settings.notifications.receivers
            )
        } catch {
            return self.state.catalogs.unanswered(self.settings.places.compactMap(\.storage.account))
        }
    }
}
