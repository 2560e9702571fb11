/// Why a time of a schedule was not kept: a word for programs and a sentence for people.
package struct ScheduleReason: Sendable, Codable, Hashable {
    /// The kind of a reason.
    package enum Code: String, Sendable, Codable, CaseIterable {
        /// The schedule rested by order.
        case paused
        /// A run of the same instance was under way.
        case underWay
        /// One time waited already for the end of a run.
        case queueFull
        /// No scheduler was at work, and a newer missed time was made up for.
        case superseded
        /// No scheduler was at work while the time could still be made up for.
        case tooLate
        /// No scheduler was at work, and nothing is made up for.
        case noCatchUp
        /// The schedule was changed before the time was decided.
        case scheduleChanged
        /// No run could begin.
        case notBegun
    }

    /// The kind.
    package var code: Code
    /// The reason as a sentence.
    package var text: String

    /// Creates a reason.
    package init(_ code: Code, _ text: String) {
        self.code = code
        self.text = text
    }
}
