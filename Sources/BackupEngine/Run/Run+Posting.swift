import BackupDomain
import FoundationEssentials

/// From the plan to Azure's answer.
extension Run {
    /// How many names are looked at before the run is refused.
    private static let mostTakenNames = 8

    mutating func nameChecked(_ result: Result<BlobObservation, BackupError>, at now: Date) {
        guard self.record.kind == .backup else { return self.sourceChecked(result, at: now) }
        switch result {
        case .success(.absent(let date)):
            self.intend(absentAt: date, at: now)
        case .success(.present):
            self.notes.takenNames += 1
            guard self.notes.takenNames > Self.mostTakenNames else { return }
            let error = BackupError(
                .backupNameTaken,
                "The backup '\(self.currentName)' and \(Self.mostTakenNames) names after it exist already in the "
                    + "container \(self.record.storage.container).",
                remedy: "Choose another name with --backup-name."
            )
            self.end(.refused, error: error, at: now)
        case .failure(let error) where error.code == .permissionDenied:
            // The caller may hold no right on the account at all: the backup is made, and ends unverified.
            self.intend(absentAt: nil, at: now)
        case .failure(let error):
            self.tryLater(after: error, at: now)
        }
    }

    mutating func intend(absentAt: Date?, at now: Date) {
        if let renewal = self.notes.renewal {
            self.record.access = renewal.access
            self.record.azureAPIVersion = renewal.azureAPIVersion
            self.record.service = renewal.service
        }
        let attempt = RunAttempt(
            number: (self.record.attempts.map(\.number).max() ?? 0) + 1,
            backupName: self.wantedName,
            intendedAt: now,
            absentAt: absentAt
        )
        // While a busy instance is waited for, one attempt stands for all that Azure turned away.
        self.record.attempts.removeAll { $0.submission == .rejected && $0.backupName == attempt.backupName }
        self.record.attempts.append(attempt)
        self.notes.emptyNames = []
        self.enter(.posting, at: now, detail: attempt.backupName)
    }

    mutating func posted(_ answer: ManagementAnswer, at now: Date) {
        self.changeAttempt { attempt in
            attempt.requestID = answer.requestID
            attempt.correlationID = answer.correlationID
        }
        self.notes.wasSeenAtWork = true
        switch PostVerdict(answer) {
        case .done:
            self.changeAttempt { $0.submission = .accepted }
            self.enter(.proving, at: now, detail: "done at once")
        case .accepted(let location?):
            self.changeAttempt { attempt in
                attempt.submission = .accepted
                attempt.answeredAt = answer.date
                attempt.location = location
            }
            self.enter(.accepted, at: now)
            self.notes.pause = RetryRules.heeded(answer.retryAfter) ?? Self.defaultPollPause
        case .accepted(nil):
            self.changeAttempt { attempt in
                attempt.submission = .accepted
                attempt.answeredAt = answer.date
            }
            self.notes.unreadable = "Azure accepted without a Location"
            self.enter(.settling, at: now, detail: "accepted without a Location")
        case .busy:
            self.reject(answer.fault)
            if self.record.attempts.contains(where: { $0.submission == .unanswered }) { self.notes.busySigns += 1 }
            self.waitForTurn(retryAfter: answer.retryAfter, fault: answer.fault, at: now)
        case .throttled:
            self.reject(answer.fault)
            self.waitOutThrottling(retryAfter: answer.retryAfter, fault: answer.fault, at: now)
        case .rejected(var code, let outcome):
            if code == .backupFailed, self.record.kind == .restore { code = .restoreFailed }
            self.reject(answer.fault)
            self.end(outcome, error: self.postError(code, answer), at: now)
        case .unanswered:
            self.postUnanswered(
                BackupError(
                    .ambiguousSubmission,
                    "The answer leaves open whether Azure accepted.",
                    azure: answer.fault
                ),
                at: now
            )
        }
    }

    /// Notes that Azure has turned the newest POST away.
    private mutating func reject(_ fault: AzureFault?) {
        self.changeAttempt { attempt in
            attempt.submission = .rejected
            attempt.fault = fault
        }
    }

    mutating func postFailed(_ error: BackupError, at now: Date) {
        self.reject(error.azure)
        if error.code == .throttled {
            // It was not even sent: Azure has turned another call of this process away, which says nothing against this one.
            return self.waitOutThrottling(retryAfter: nil, fault: error.azure, at: now)
        }
        self.tryLater(after: error, at: now)
    }

    mutating func postUnanswered(_ error: BackupError, at now: Date) {
        self.notes.wasSeenAtWork = true
        self.changeAttempt { attempt in
            attempt.submission = .unanswered
            attempt.fault = error.azure
        }
        self.enter(.settling, at: now, detail: error.description)
    }

    private func postError(_ code: BackupError.Code, _ answer: ManagementAnswer) -> BackupError {
        let name = self.record.instance.name
        return switch code {
        case .scopeLocked:
            BackupError(
                code,
                "A lock on \(name), or above it, forbids starting a \(self.record.kind).",
                remedy: "Azure's answer names the locked scope; az lock list --subscription "
                    + "\(self.record.instance.id.subscription) --output table names the locks. Remove the lock, or make "
                    + "it CanNotDelete, which does not hold \(self.record.kind)s back.",
                azure: answer.fault
            )
        case .permissionDenied:
            BackupError(
                code,
                "\(answer.principal ?? "This identity") may not start a \(self.record.kind): "
                    + "Microsoft.ApiManagement/service/\(self.record.kind)/action is missing on \(self.record.instance.id).",
                remedy: "Grant it the role 'API Management Service Operator Role' there: az role assignment create "
                    + "--role e022efe7-f5ba-4159-bbe4-b44f577e9b61 --assignee-object-id OBJECT-ID --scope "
                    + "'\(self.record.instance.id)'.",
                azure: answer.fault
            )
        case .instanceNotFound:
            BackupError(code, "The instance \(name) is gone.", azure: answer.fault)
        default:
            BackupError(
                code,
                "Azure did not accept the \(self.record.kind) of \(name).",
                remedy: self.usesKey
                    ? "With an access key, rules for CORS on the account's blob service can make API Management refuse: remove "
                        + "them, or let it write with a managed identity."
                    : nil,
                azure: answer.fault
            )
        }
    }
}
