/// How an instance's newest run that has ended did so.
package struct EndedRun: Sendable, Hashable {
    /// The run.
    package var run: RunID
    /// How it ended.
    package var outcome: RunOutcome

    /// Creates a value.
    package init(run: RunID, outcome: RunOutcome) {
        self.run = run
        self.outcome = outcome
    }
}
