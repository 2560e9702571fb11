package import FoundationEssentials

/// One entry of a record: a process went on with a run that another one had left, and how it found it.
package struct RunTakeover: Sendable, Codable, Hashable {
    /// When, by the clock of the machine that took the run over.
    package var at: Date
    /// The record's generation from then on.
    package var generation: Int
    /// The state in which the run had been left.
    package var found: RunState

    /// Creates an entry.
    package init(at: Date, generation: Int, found: RunState) {
        self.at = at
        self.generation = generation
        self.found = found
    }
}
