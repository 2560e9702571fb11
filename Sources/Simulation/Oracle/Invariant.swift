/// What must hold in every world after every step, by the simulated Azure's own account.
package enum Invariant: String, Sendable, CaseIterable {
    /// Never two backups for one nominal time, and no POST whose intent is not written down.
    case oneBackupForOneNight
    /// Every POST that Azure accepted is in a final record, and its Location before the first poll.
    case everyPostIsRecorded
    /// No record says verified unless this run's blob is there with that size and version; none denies a good one.
    case recordsTellTheTruth
    /// Who lost the run to another process writes nothing.
    case losersWriteNothing
    /// Once the faults stop, all that is due is done within a bound, and no record stays open.
    case everythingEnds
    /// No token in a record, in a message, or in a call that leads elsewhere.
    case noSecretIsShown
    /// Read again, a record gives the same record, its history only grows, and a final record stays as it is.
    case recordsReplay
    /// Retention leaves min-good good backups that can be restored, and the newest one.
    case retentionKeepsEnough
    /// Retention deletes nothing pinned, in flight, read by a restore, changed or unknown, and nothing while a run is failing or
    /// backups shrank.
    case retentionSparesWhatMustStay
    /// No backup is deleted whose intent, with the version, is not written down.
    case deletionsAreWrittenDown
    /// What checks and summaries say of a backup was so when they looked.
    case checksTellTheTruth
    /// Nothing is restored that nobody confirmed, nor before that is written down, nor twice for one confirmation.
    case restoresAreConfirmed
    /// Each time that a schedule names has exactly one outcome, and a run only where one was ordered.
    case everyTimeHasOneOutcome
    /// Who lacks a verified backup for one and a half intervals is told, once, and told of the end.
    case whatIsWrongIsTold
}

/// A broken invariant.
package struct Violation: Sendable {
    /// Which one.
    package var invariant: Invariant
    /// What happened.
    package var text: String
    /// When, in milliseconds since 1970 by Azure's clock.
    package var at: Int64
}
