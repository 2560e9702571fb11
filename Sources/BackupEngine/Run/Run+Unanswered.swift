import BackupDomain
import FoundationEssentials

/// POSTs without an answer: which of them is followed, and for how long.
///
/// The last attempt of the record is the one that is followed, so one that is gone back to becomes the last.
extension Run {
    /// For how long an idle instance without a blob is watched before nothing counts as having come of the POST.
    ///
    /// Longer each time that Azure then says that the instance is held: its state does not tell what goes on.
    var settlingPatience: TimeInterval { self.limits.settling.timeInterval * Double(1 + self.notes.busySigns) }

    /// An earlier POST without an answer whose name has not been looked for since the last POST.
    var unwatched: RunAttempt? {
        self.record.attempts.first { attempt in
            attempt.submission == .unanswered && !self.notes.emptyNames.contains(attempt.backupName)
        }
    }

    /// Goes back to a POST without an answer, by the instance's state and its blob.
    ///
    /// - Parameters:
    ///   - attempt: The POST.
    ///   - reason: Why.
    ///   - now: The present instant.
    mutating func follow(_ attempt: RunAttempt, _ reason: String, at now: Date) {
        self.record.attempts.removeAll { $0.number == attempt.number }
        self.record.attempts.append(attempt)
        self.notes.isWaiting = false
        self.notes.seenFor = nil
        self.notes.unconfirmed = nil
        self.notes.emptySince = nil
        self.notes.emptySeenAt = nil
        self.enter(.settling, at: now, detail: reason)
    }
}
