import BackupDomain
import FoundationEssentials

/// Verdicts that are believed only once the instance has been seen: while it is at work, a backup may still come.
extension Run {
    /// What stands against the run, until a look at the instance confirms it.
    enum Doubt: Sendable {
        /// Azure says that the operation failed.
        case failed(BackupError)
        /// Azure says that it is done, and the blob is not there or is none of ours.
        case missing(BackupError)
        /// The poll's answer is not in Azure's form: a proxy's, or a gateway's.
        case odd(BackupError)

        /// What the run ends with where the doubt is confirmed.
        var error: BackupError {
            switch self {
            case .failed(let error), .missing(let error), .odd(let error): error
            }
        }
    }

    /// Begins to doubt; the next step looks at the instance.
    mutating func doubt(_ doubt: Doubt) {
        self.notes.doubt = doubt
        self.notes.pause = .zero
    }

    /// Whether an answer is the service document of this run's instance.
    func isService(_ answer: ManagementAnswer) -> Bool {
        answer.document?["id"]?.string.flatMap(ResourceID.init) == self.record.instance.id
    }

    /// The look that a doubt asks for: at once, or after a while where the instance could not be read.
    func look(in doubt: Doubt) -> RunStep {
        let isPaced = if case .odd = doubt { true } else { false }
        return .look(self.currentName, after: isPaced ? .zero : self.notes.pause)
    }

    /// Takes an answer to a poll that says nothing of the operation; a look at the instance follows, then the next poll.
    mutating func pollAnsweredOddly(_ answer: ManagementAnswer, retryAfter: Duration?, at now: Date) {
        let error = BackupError(
            .malformedAnswer,
            "The poll of \(self.subject) was not answered in Azure's form.",
            remedy: "See whether a proxy or a gateway stands between this machine and the Resource Manager.",
            azure: answer.fault
        )
        self.pollUnanswered(error, retryAfter: retryAfter, at: now)
        self.notes.doubt = .odd(error)
    }

    /// Decides on a doubt by a look at the instance and the blob.
    mutating func looked(
        in doubt: Doubt,
        instance: Result<Bool, BackupError>,
        blob: Result<BlobObservation, BackupError>,
        at now: Date
    ) {
        switch instance {
        case .success(true):
            self.notes.doubt = nil
            self.notes.emptySince = nil
            if case .failed = doubt { self.notes.pause = Self.defaultPollPause }
            // Azure says done while the instance is at work: only the end of that work tells what became of the backup.
            guard self.record.state == .proving else { return }
            self.notes.unreadable =
                "Azure said that the \(self.record.kind) was done while the instance was still at work"
            self.enter(.settling, at: now, detail: "the instance is still at work")
        case .success(false):
            self.confirm(doubt, blob: blob, at: now)
        case .failure(let error) where self.isHidden(error) || self.isPastLimit(now):
            guard case .odd = doubt else { return self.end(.failed, error: doubt.error, at: now) }
            self.notes.doubt = nil
        case .failure:
            self.notes.pause = .seconds(10)
            if case .odd = doubt { self.notes.doubt = nil }
        }
    }

    /// The instance is idle.
    private mutating func confirm(_ doubt: Doubt, blob: Result<BlobObservation, BackupError>, at now: Date) {
        switch doubt {
        case .failed(let error):
            self.end(.failed, error: error, at: now)
        case .missing(let error):
            guard case .success(.present(let properties)) = blob else {
                return self.end(.failed, error: error, at: now)
            }
            self.judge(properties, at: now)
        case .odd(let error):
            self.notes.doubt = nil
            self.notes.unreadable = "The operation's answers were not Azure's"
            // Answers of somebody in between say nothing: what stays the same for minutes does.
            self.settleOddly(error, blob: blob, at: now)
        }
    }

    private mutating func settleOddly(
        _ error: BackupError,
        blob: Result<BlobObservation, BackupError>,
        at now: Date
    ) {
        switch blob {
        case .success(.present(let properties)):
            self.notes.emptySince = nil
            guard self.hasStayed(properties, at: now) else { return }
            if let reason = self.unnamedReason { self.warn(reason) }
            self.judge(properties, at: now)
        case .success(.absent):
            let since = self.notes.emptySince ?? now
            self.notes.emptySince = since
            guard now.timeIntervalSince(since) >= self.limits.settling.timeInterval else { return }
            self.notes.doubt = .odd(error)
            self.settled(isHidden: false, at: now)
        case .failure:
            self.notes.emptySince = nil
        }
    }
}
