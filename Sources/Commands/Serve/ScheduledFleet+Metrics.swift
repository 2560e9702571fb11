import AzureClient
import BackupDomain
import BackupEngine
import Observability
import Settings

extension ScheduledFleet {
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
        if let reading = await self.presentDesk?.readings.reading() { return reading }
        let accounts = self.presentDesk == nil ? [] : self.settings.places.compactMap(\.storage.account)
        return self.state.catalogs.unanswered(accounts, of: self.watchlist().list)
    }

    /// Reads what the catalogs say of the instances.
    ///
    /// - Parameters:
    ///   - connection: Azure.
    ///   - zones: The zones of this machine.
    /// - Returns: The metrics; of an account that cannot be read what was read before.
    /// - Throws: `CancellationError`
    func readCatalogs(_ connection: AzureConnection, zones: any TimeZoneDatabase) async throws -> MetricsPage.Reading {
        let look = InstanceLook(connection: connection, zones: zones)
        let (list, ledger) = (self.watchlist().list, await look.ledger())
        return self.state.catalogs.reading(
            try await look.observe(list, ledger),
            of: list,
            ledger,
            channels: self.settings.notifications.receivers,
            at: self.clock.uptime
        )
    }
}
