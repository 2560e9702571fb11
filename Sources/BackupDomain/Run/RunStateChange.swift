package import FoundationEssentials

/// One entry of a run's history: a state and when it was entered.
package struct RunStateChange: Sendable, Codable, Hashable {
    /// The state entered.
    package var state: RunState
    /// When, by the clock of the machine that ran it.
    package var at: Date
    /// What led there, in a few words; nil where the state says it all.
    package var detail: String?

    /// Creates an entry.
    package init(state: RunState, at: Date, detail: String? = nil) {
        self.state = state
        self.at = at
        self.detail = detail
    }
}
