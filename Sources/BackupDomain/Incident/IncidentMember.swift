package import FoundationEssentials

/// One instance's part in an incident.
package struct IncidentMember: Sendable, Codable, Hashable {
    /// Since when something is wrong with it.
    package var since: Date
    /// When somebody last found it wrong; noted twice a day, so that an instance which nobody watches any more is let go.
    package var seenAt: Date

    /// Creates a value.
    package init(since: Date, seenAt: Date) {
        self.since = since
        self.seenAt = seenAt
    }
}
