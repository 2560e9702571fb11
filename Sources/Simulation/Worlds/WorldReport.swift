/// What came of one world.
package struct WorldReport: Sendable {
    /// The seed that makes the same world again.
    package var seed: UInt64
    /// How many nights had a backup.
    package var nights: Int
    /// How many days it lived through.
    package var days: Int
    /// What must not have happened.
    package var violations: [Violation]
    /// A digest of every event: two runs of one seed are the same run when theirs are equal.
    package var digest: UInt64
    /// The events, where they were asked for.
    package var story: [Story.Line]
    /// The kinds of faults that could strike.
    package var faults: [FaultKind]
    /// What was done for the backups.
    package var chores: [Chore]
    /// Whether machines looked by a schedule for what was due.
    package var isScheduled: Bool
    /// Whether somebody restored now and then.
    package var hasRestores: Bool
    /// Whether somebody backed up now and then who had little time.
    package var hasHurry: Bool
    /// How many records ended with each outcome.
    package var outcomes: [String: Int]
    /// How many backups Azure accepted.
    package var backups: Int
    /// How many restores Azure accepted.
    package var restores: Int
    /// How often somebody left a run to the next process, since there was no time for it.
    package var leavings: Int
    /// How many processes died.
    package var crashes: Int
    /// How many processes ran.
    package var processes: Int
    /// How many jobs and sleeps the executor went through.
    package var steps: Int
}
