package import BackupDomain

/// What `prune` decided for one instance, and what it did.
package struct PruneReport: Sendable {
    /// The instance's key.
    package var instance: InstanceKey
    /// What was decided.
    package var plan: RetentionPlan
    /// What was done, in order; empty for a dry run.
    package var results: [PruneResult]
    /// Why this identity may not delete; nil where it may, or did not try.
    package var denial: BackupError?
    /// What ended the deletions early; nil where nothing did.
    package var failure: BackupError?

    /// Creates the report of a plan that nothing has been done for.
    package init(instance: InstanceKey, plan: RetentionPlan) {
        self.instance = instance
        self.plan = plan
        self.results = []
    }

    /// The exit code for this instance: 4 where something forbids to delete at all, 1 where a deletion failed, 0 otherwise.
    package var exitStatus: ExitStatus {
        if self.failure != nil { return .failed }
        let isHeld = self.plan.holds.contains { $0.code != .noRules }
        return self.denial != nil || isHeld ? .refused : .success
    }
}
