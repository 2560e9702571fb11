package import FoundationEssentials

/// One backup that lies in the container of backups, or should.
package struct RecoveryPoint: Sendable, Hashable {
    /// Where a backup comes from.
    package enum Origin: Sendable, Hashable {
        /// A run of ours, which ended in this way; an outcome of nil says that it is under way.
        case run(RunID, outcome: RunOutcome?)
        /// Something else: a Logic App, a script. Listed, and never deleted by us.
        ///
        /// `isDated` says whether a date follows the instance's name in the blob's, so that it can be no other instance's.
        case adopted(isDated: Bool)
    }

    /// The container.
    package var container: String
    /// The blob's name.
    package var name: String
    /// The instance that it is a backup of; nil where its name does not tell.
    package var instance: InstanceKey?
    /// Where it comes from.
    package var origin: Origin
    /// When it was made: by the blob service's clock where the blob was seen, otherwise by the run's times.
    package var createdAt: Date
    /// Until when Azure restores it.
    package var restorableUntil: Date
    /// The backup as its run's record names it; nil where no record describes it.
    package var recorded: RecordedBackup?
    /// The name of the backup that was about to be restored when this one was made to be safe; nil for others.
    package var beforeRestoreOf: String?
    /// How many things lay in the instance; nil where no inventory was taken.
    package var things: Int?
    /// The blob as it is; nil where it is not there.
    package var blob: BlobProperties?
    /// What checks have shown; nil where there were none.
    package var verification: BackupVerification?
    /// The pin that holds; nil where there is none.
    package var pin: BackupPins.Change?
    /// What `prune` did with it; nil where it did nothing.
    package var deletion: BackupDeletions.Entry?
    /// The restores that read it and are open; only `prune` looks for them.
    package var openRestores: [OpenRestore] = []

    /// Creates a recovery point that nothing is known of but where it comes from.
    package init(
        container: String,
        name: String,
        instance: InstanceKey?,
        origin: Origin,
        createdAt: Date,
        restorableUntil: Date
    ) {
        self.container = container
        self.name = name
        self.instance = instance
        self.origin = origin
        self.createdAt = createdAt
        self.restorableUntil = restorableUntil
    }

    /// The run that made it; nil for an adopted one.
    package var run: RunID? {
        guard case .run(let run, _) = self.origin else { return nil }
        return run
    }

    /// How its run ended; nil for a run under way and for an adopted one.
    package var outcome: RunOutcome? {
        guard case .run(_, let outcome) = self.origin else { return nil }
        return outcome
    }
}
