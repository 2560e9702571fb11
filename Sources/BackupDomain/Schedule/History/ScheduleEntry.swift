package import FoundationEssentials

/// What became of one time of a schedule, or of several that follow each other and fared alike.
package struct ScheduleEntry: Sendable, Codable, Hashable {
    /// What became of a time.
    package enum Outcome: String, Sendable, Codable, CaseIterable {
        /// A run was ordered; its record tells how it ended.
        case run
        /// No run could begin.
        case failed
        /// Left out on purpose.
        case skipped
        /// Left out because nobody was there in time.
        case missed
    }

    /// The greatest count that is counted to; a larger one is not known.
    package static let mostCounted = 10_000

    /// The first of the times.
    package var from: Date
    /// The last of the times; equal to ``from`` where it is one.
    package var until: Date
    /// How many there are; nil for more than ``mostCounted``.
    package var count: Int?
    /// What became of them.
    package var outcome: Outcome
    /// Why, where no run was ordered or none could begin.
    package var reason: ScheduleReason?
    /// When that was decided.
    package var decidedAt: Date

    /// Creates an entry.
    package init(
        from: Date,
        until: Date,
        count: Int?,
        outcome: Outcome,
        reason: ScheduleReason? = nil,
        decidedAt: Date
    ) {
        self.from = from
        self.until = until
        self.count = count
        self.outcome = outcome
        self.reason = reason
        self.decidedAt = decidedAt
    }

    /// Takes in the entry that follows, where both say the same.
    ///
    /// - Parameter next: The entry that follows.
    /// - Returns: Whether it was taken in; runs stay apart, since each has a record of its own.
    mutating func takeIn(_ next: ScheduleEntry) -> Bool {
        guard [.skipped, .missed].contains(self.outcome), self.outcome == next.outcome, self.reason == next.reason,
            self.until < next.from
        else { return false }
        self.until = next.until
        self.decidedAt = next.decidedAt
        self.count = self.count.flatMap { count in next.count.map { count + $0 } }
            .flatMap { $0 > Self.mostCounted ? nil : $0 }
        return true
    }
}
