package import FoundationEssentials

/// What is wrong, who was told of it and who is still to be told: one document of the catalog.
///
/// Several processes work on it, each change fenced by the version that it replaces. A notice is written down before it is
/// sent, and a process claims what it is about to send, so that two replicas tell once; where one dies in between, another
/// sends after five minutes. Instances that a process does not watch it leaves alone.
package struct IncidentLedger: CatalogDocument, Equatable {
    /// The newest format that this program reads, and the one that it writes.
    package static let currentVersion = 1
    /// How many incidents that are over are kept.
    static let mostClosed = 100
    /// How many notices that have reached everybody are kept.
    static let mostSettled = 50
    /// How many notices may wait; the oldest are given up first.
    static let mostPending = 500
    /// How many instances all incidents together hold; more are taken in when there is room again.
    static let mostMembers = 5000

    /// The format's version.
    package private(set) var version = Self.currentVersion
    /// The incidents: those that are open, and the newest that are over; oldest first.
    package var incidents: [Incident] = []
    /// The notices: those that are to be sent, and the newest that were; oldest first.
    package var notices: [Notice] = []
    /// How each channel does, by its name.
    package var channels: [String: ChannelHealth] = [:]
    /// The last digest of each set of instances that is watched together.
    package var digests: [String: DailyDigest] = [:]

    /// Creates an empty ledger.
    package init() {}

    /// The incidents that are open, oldest first.
    package var open: [Incident] { self.incidents.filter(\.isOpen) }

    /// How many deliveries wait, those that a channel has refused so far among them.
    package var undelivered: Int {
        self.notices.reduce(0) { sum, notice in sum + notice.deliveries.values.count { $0.state == .pending } }
    }

    /// When the passing of time alone asks for something to be done.
    ///
    /// - Parameters:
    ///   - alerts: What the caller found wrong; incidents of others are not its business.
    ///   - channels: The channels that it can send on.
    ///   - rules: When something is told.
    /// - Returns: The earliest such instant, which may have passed; nil where there is none.
    package func nextLook(_ alerts: [Alert], channels: Set<String>, rules: AlertRules) -> Date? {
        let incidents = self.open.filter { incident in
            alerts.contains { incident.covers($0) && !$0.isMuted && incident.members[$0.instance.text] != nil }
        }.flatMap { incident -> [Date] in
            guard let toldAt = incident.toldAt else { return [incident.openedAt + rules.gathering.timeInterval] }
            let growth = incident.hasDoubled ? toldAt + rules.growth.timeInterval : nil
            return [growth, rules.reminder.map { toldAt + $0.timeInterval }].compactMap(\.self)
        }
        let deliveries = channels.compactMap { channel in
            self.notices.lazy.compactMap { $0.deliveries[channel] }.first { $0.state == .pending }
        }.map { max($0.dueAt, $0.claimedUntil ?? $0.dueAt) }
        return (incidents + deliveries).min()
    }
}
