package import BackupDomain

/// How a call of the runner ended: with the run's record, final or left for another process.
package struct RunReport: Sendable {
    /// Why the runner returned.
    package enum Ending: Sendable, Hashable {
        /// The record is final.
        case ended
        /// Azure has accepted, and no more was asked for.
        case accepted
        /// The operator stopped us; the backup goes on in Azure.
        case interrupted
    }

    /// The record as it was last written.
    package var record: RunRecord
    /// Why the runner returned.
    package var ending: Ending
    /// Whether this call took over a run that was under way already.
    package var isReattached: Bool
    /// Whether the record is in the catalog container; otherwise it is wherever the fallback put it.
    package var isInCatalog: Bool

    /// Creates a report.
    package init(record: RunRecord, ending: Ending, isReattached: Bool, isInCatalog: Bool) {
        self.record = record
        self.ending = ending
        self.isReattached = isReattached
        self.isInCatalog = isInCatalog
    }

    /// The outcome that the caller reports; nil while Azure goes on and that was asked for.
    package var outcome: RunOutcome? {
        switch self.ending {
        case .ended: self.record.outcome
        case .accepted: nil
        case .interrupted: .interrupted
        }
    }
}
