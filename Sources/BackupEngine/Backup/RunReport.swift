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
        /// We were to follow it no longer; the backup goes on in Azure.
        case outOfTime

        /// Whether the run was left before its end, although it was to be followed that far.
        package var isEarly: Bool { self == .interrupted || self == .outOfTime }
    }

    /// Where the record is kept.
    package enum Place: Sendable, Hashable {
        /// In the catalog container.
        case catalog
        /// In this folder of the machine, where the next run finds it.
        case folder(String)
        /// Nowhere: it ends with the process.
        case memory
    }

    /// The record as it was last written.
    package var record: RunRecord
    /// Why the runner returned.
    package var ending: Ending
    /// Whether this call took over a run that was under way already.
    package var isReattached: Bool
    /// Where the record is kept.
    package var place: Place
    /// Whether Azure was seen at work on the backup; otherwise it had done with it before this call came to it.
    package var wasSeenAtWork: Bool

    /// Creates a report; of a backup that Azure was seen at work on by default.
    package init(
        record: RunRecord,
        ending: Ending,
        isReattached: Bool,
        place: Place,
        wasSeenAtWork: Bool = true
    ) {
        self.record = record
        self.ending = ending
        self.isReattached = isReattached
        self.place = place
        self.wasSeenAtWork = wasSeenAtWork
    }

    /// The outcome that the caller reports; nil while Azure goes on and that was asked for.
    package var outcome: RunOutcome? {
        switch self.ending {
        case .ended: self.record.outcome
        case .accepted: nil
        case .interrupted: .interrupted
        case .outOfTime: .unknown
        }
    }

    /// What went wrong: with the run, or in that nobody saw its end.
    package var error: BackupError? {
        guard self.ending == .outOfTime else { return self.record.error }
        let (kind, name) = (self.record.kind, self.record.instance.name)
        if self.record.attempts.allSatisfy({ $0.submission == .rejected }) {
            return BackupError(
                .notSeenToTheEnd,
                "The \(kind) \(kind == .backup ? "of" : "into") \(name) had not been posted when the time that was given was over.",
                remedy:
                    "Another process that is at work on it posts it all the same; where none is, "
                    + (kind == .backup ? "the next run makes another" : "nothing is restored: restore again")
                    + ". A longer time is set with --timeout."
            )
        }
        return BackupError(
            .notSeenToTheEnd,
            "The \(kind) \(kind == .backup ? "of" : "into") \(name) was not seen to its end in the time that was given.",
            remedy:
                "'apim-backup resume \(name)' goes on with it\(kind == .backup ? ", and so does the next run" : ""). A longer time is set "
                + "with --timeout."
        )
    }
}
