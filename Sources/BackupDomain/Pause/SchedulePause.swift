package import FoundationEssentials

/// An order of an operator that an instance's schedule rests for a while; runs by hand go on.
package struct SchedulePause: Sendable, Codable, Hashable {
    /// When it was ordered.
    package var pausedAt: Date
    /// When the schedule goes on by itself.
    package var until: Date
    /// Why, in the operator's words.
    package var reason: String?
    /// Who ordered it.
    package var by: RecordedPrincipal
    /// When somebody ended it before its time.
    package var resumedAt: Date?
    /// Who ended it.
    package var resumedBy: RecordedPrincipal?

    /// Creates a pause.
    package init(pausedAt: Date, until: Date, reason: String?, by: RecordedPrincipal) {
        self.pausedAt = pausedAt
        self.until = until
        self.reason = reason
        self.by = by
    }

    /// When the schedule rests: from the order to its end, which somebody may have brought forward.
    package var rest: Range<Date> {
        let end = min(self.until, self.resumedAt ?? self.until)
        return self.pausedAt..<max(self.pausedAt, end)
    }

    /// Whether the schedule rests.
    ///
    /// - Parameter now: The present instant.
    /// - Returns: Whether the pause has begun, is not over and was not ended.
    package func isInForce(at now: Date) -> Bool {
        self.pausedAt <= now && now < self.until && self.resumedAt == nil
    }
}
