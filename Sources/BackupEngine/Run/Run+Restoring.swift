import BackupDomain
import FoundationEssentials

/// What a restore does otherwise than a backup: it looks at its source before the POST, leaves no blob that could prove it, and
/// is never posted a second time.
extension Run {
    /// What Azure was asked for, for messages: `the backup 'NAME'` or `the restore of 'NAME'`.
    var subject: String {
        switch self.record.kind {
        case .backup: "the backup '\(self.currentName)'"
        case .restore: "the restore of '\(self.currentName)'"
        }
    }

    /// By what the work is followed where its operation cannot be read.
    var traces: String {
        self.record.kind == .backup ? "the instance's state and the blob" : "the instance's state"
    }

    /// Looks before the intent whether the backup is still the one that was confirmed.
    mutating func sourceChecked(_ seen: Result<BlobObservation, BackupError>, at now: Date) {
        if let error = self.sourceRefusal(seen) { return self.end(.refused, error: error, at: now) }
        self.intend(absentAt: nil, at: now)
    }

    /// Judges by a look at the backup whether it is still the one that was confirmed.
    ///
    /// It is looked at twice: before the intent, so that what cannot be restored is refused without an attempt, and directly
    /// before the POST, when the intent has told everybody that the backup is needed.
    ///
    /// - Parameter seen: What the look showed.
    /// - Returns: Why it is not to be restored; nil where nothing speaks against it.
    func sourceRefusal(_ seen: Result<BlobObservation, BackupError>) -> BackupError? {
        let backup = self.record.restore?.backup
        switch seen {
        case .success(.present(let blob)) where backup?.etag.map { $0 == blob.etag } ?? true:
            return nil
        case .success(.present):
            return BackupError(
                .conflict,
                "The backup '\(self.currentName)' is not the one that was confirmed: it has been written again since.",
                remedy: "Look at it with 'apim-backup verify', and make another plan."
            )
        case .success(.absent):
            return BackupError(
                .backupMissing,
                "The backup '\(self.currentName)' is not in the container \(backup?.container ?? "") of "
                    + "\(backup?.account ?? "") any more."
            )
        case .failure(let error) where error.code == .permissionDenied && backup?.etag == nil:
            // Who may not look at the account has confirmed a backup that was not seen.
            return nil
        case .failure(let error):
            return error
        }
    }

    /// Azure says that the restore is done; it counts once the instance is seen at rest.
    mutating func restoredSeen(_ instance: Result<Bool, BackupError>, at now: Date) {
        let since = self.notes.provingSince ?? now
        self.notes.provingSince = since
        self.notes.pause = .seconds(10)
        switch instance {
        case .success(false): self.end(.verified, at: now)
        case .success(true):
            guard self.isPastLimit(now) else { return }
            self.endRestore(.unverified, "but the instance is still at work.", at: now)
        case .failure(let error):
            let isPatient = now.timeIntervalSince(since) < self.limits.proving.timeInterval
            guard self.isHidden(error) || !isPatient else { return }
            self.endRestore(.unverified, "but the instance could not be looked at. \(error.message)", at: now)
        }
    }

    private mutating func endRestore(_ outcome: RunOutcome, _ reason: String, at now: Date) {
        let error = BackupError(
            .targetUnseen,
            "Azure says that \(self.subject) into \(self.record.instance.name) is done, \(reason)",
            remedy: "Look at the instance: \(self.record.instance.id.showCommand)."
        )
        self.end(outcome, error: error, at: now)
    }

    /// The instance has been at rest for long enough, and nothing else will tell what became of the restore.
    mutating func restoreSettled(at now: Date) {
        let instance = self.record.instance
        if case .failed(let error) = self.notes.doubt { return self.end(.failed, error: error, at: now) }
        let isAccepted = self.record.attempts.last?.submission == .accepted
        let error = BackupError(
            .notSeenToTheEnd,
            isAccepted
                ? "Azure accepted \(self.subject) into \(instance.name), and the instance is at rest again; whether the "
                    + "restore went well was not seen, for its operation could not be read."
                : "Whether Azure took \(self.subject) into \(instance.name) is not known: its answer was lost. The instance "
                    + "\(self.notes.wasSeenBusy ? "was at work since, and is at rest now" : "has been at rest since").",
            remedy:
                "Look whether the instance holds what the backup held; if it does not, restore again. Its Activity Log "
                + "tells of restores.",
            azure: self.notes.doubt?.error.azure ?? self.record.attempts.last?.fault
        )
        self.end(isAccepted ? .unverified : .unknown, error: error, at: now)
    }
}
