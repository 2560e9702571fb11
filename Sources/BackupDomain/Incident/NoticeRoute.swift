/// A channel as far as it is decided who is told what.
package struct NoticeRoute: Sendable, Hashable {
    /// The channel's name.
    package var channel: String
    /// What it is told.
    package var events: Set<Notice.Event>
    /// Of which kinds of incidents.
    package var kinds: Set<AlertKind>

    /// Creates a route.
    ///
    /// - Parameters:
    ///   - channel: The channel's name.
    ///   - events: What it is told; of every incident by default, and no digest.
    ///   - kinds: Of which kinds of incidents; all by default.
    package init(
        channel: String,
        events: Set<Notice.Event> = [.opened, .grown, .reminder, .recovered],
        kinds: Set<AlertKind> = Set(AlertKind.allCases)
    ) {
        self.channel = channel
        self.events = events
        self.kinds = kinds
    }

    /// Whether a notice goes this way.
    ///
    /// - Parameter notice: The notice.
    /// - Returns: Whether the channel is told of it.
    package func takes(_ notice: Notice) -> Bool {
        self.events.contains(notice.event) && notice.incident.map { self.kinds.contains($0.kind) } ?? true
    }
}
