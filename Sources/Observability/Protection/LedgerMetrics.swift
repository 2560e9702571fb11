package import BackupDomain

/// What the ledger of incidents says, as metrics.
package struct LedgerMetrics: Sendable {
    private let ledger: IncidentLedger
    private let channels: [String]

    /// Creates metrics.
    ///
    /// - Parameters:
    ///   - ledger: The ledger.
    ///   - channels: The channels that are configured; what is known of others is left out.
    package init(_ ledger: IncidentLedger, channels: [String]) {
        self.ledger = ledger
        self.channels = channels
    }

    /// The metrics.
    package var families: [MetricFamily] {
        let open = Dictionary(grouping: self.ledger.open, by: \.kind).mapValues(\.count)
        return [
            MetricFamily(
                .openIncidents,
                AlertKind.allCases.map { MetricSample(Double(open[$0] ?? 0), [.init("kind", $0.rawValue)]) }
            ),
            MetricFamily(
                .undelivered,
                self.channels.map { channel in
                    let count = self.ledger.notices.count { $0.deliveries[channel]?.state == .pending }
                    return MetricSample(Double(count), [.init("channel", channel)])
                }
            ),
            MetricFamily(
                .channelUp,
                self.channels.map { channel in
                    let isFailing = self.ledger.channels[channel]?.failingSince != nil
                    return MetricSample(isFailing ? 0 : 1, [.init("channel", channel)])
                }
            ),
        ]
    }
}
