import BackupDomain
import FoundationEssentials

/// From Azure's acceptance to its word that the backup is done.
extension Run {
    /// How long to wait between polls where Azure does not say.
    static let defaultPollPause = Duration.seconds(30)
    /// The longest pause between polls; a larger `Retry-After` is cut, so that a wrong one cannot put us to sleep.
    static let longestPause = Duration.seconds(3600)
    /// How long polls may fail for lack of a credential before the run ends as unknown.
    private static let credentialPatience = Duration.seconds(1800)
    private static let operationRead = "Microsoft.ApiManagement/service/operationresults/read"

    mutating func polled(_ answer: ManagementAnswer, at now: Date) {
        let retryAfter = Self.heeded(answer.retryAfter)
        self.notes.hasAsked = true
        switch answer.status {
        case 202:
            self.notes.failedPolls = 0
            self.notes.withoutCredentialSince = nil
            if let location = answer.location { self.changeAttempt { $0.location = location } }
            self.notes.pause = retryAfter ?? Self.defaultPollPause
        case 200..<300 where PostVerdict.saysFailed(answer):
            self.backupFailed(answer, at: now)
        case 200..<300:
            self.enter(.proving, at: now)
        case 403:
            self.warn(
                "The operation could not be read: this identity lacks \(Self.operationRead) on "
                    + "\(self.record.instance.id). The backup was followed through the instance's state and the blob."
            )
            self.notes.unreadable = "the operation may not be read (\(Self.operationRead) is missing)"
            self.enter(.settling, at: now, detail: "the operation may not be read")
        case 404, 410:
            self.warn(
                "The operation's URL was not found. The backup was followed through the instance's state and the blob; "
                    + "if this recurs, see whether this identity has \(Self.operationRead)."
            )
            self.notes.unreadable = "the operation's URL was not found"
            self.enter(.settling, at: now, detail: "the operation was not found")
        case 401, 408, 429, 500...:
            self.pollUnanswered(
                BackupError(
                    answer.status == 401 ? .credentialRejected : .azureError,
                    "The poll was not answered.",
                    azure: answer.fault
                ),
                retryAfter: retryAfter,
                at: now
            )
        default:
            self.backupFailed(answer, at: now)
        }
    }

    mutating func pollUnanswered(_ error: BackupError, retryAfter: Duration? = nil, at now: Date) {
        self.notes.hasAsked = true
        if error.code == .foreignLocation {
            // An answer that sends us elsewhere is not to be believed in anything else either.
            return self.end(.unknown, error: error, at: now)
        }
        self.notes.failedPolls += 1
        let backoff = Duration.seconds(5 * (1 << min(self.notes.failedPolls - 1, 4)))
        self.notes.pause = retryAfter ?? min(backoff, .seconds(60))
        guard [.noCredential, .credentialRejected].contains(error.code) else {
            self.notes.withoutCredentialSince = nil
            return
        }
        let since = self.notes.withoutCredentialSince ?? now
        self.notes.withoutCredentialSince = since
        guard now.timeIntervalSince(since) >= Self.credentialPatience.timeInterval else { return }
        self.end(.unknown, error: error, at: now)
    }

    /// Whether API Management reaches the account with its key.
    var usesKey: Bool { self.record.access.type == "AccessKey" }

    private mutating func backupFailed(_ answer: ManagementAnswer, at now: Date) {
        let error = BackupError(
            .backupFailed,
            "Azure accepted the backup '\(self.currentName)' of \(self.record.instance.name), and it failed.",
            remedy: self.usesKey
                ? "Mostly the key is not the account's, keys are not permitted on it (allowSharedKeyAccess), or its firewall "
                    + "keeps the key's user out: let API Management write with its system-assigned managed identity instead."
                : "Mostly API Management's own identity lacks 'Storage Blob Data Contributor' on the container "
                    + "\(self.record.storage.container) (should it have that, give it on the account), or the account's "
                    + "firewall does not let trusted services in.",
            azure: answer.fault
        )
        self.end(.failed, error: error, at: now)
    }

    /// Decides by the instance's state and the blob, for want of an answer or of a readable operation.
    mutating func looked(
        instance: Result<Bool, BackupError>,
        blob: Result<BlobObservation, BackupError>,
        at now: Date
    ) {
        let isBusy = try? instance.get()
        self.notes.hasAsked = true
        self.notes.pause = self.lookPause(now)
        if case .success(.present(let properties)) = blob {
            guard isBusy != false else {
                if let reason = self.unnamedReason { self.warn(reason) }
                return self.judge(properties, at: now)
            }
            if case .failure(let error) = instance, self.isHidden(error), self.hasStayed(properties, at: now) {
                return self.endUntold(error, at: now)
            }
        }
        // Only an instance that is seen idle says anything, and a blob that may not be read never will.
        let isHidden = if case .failure(let error) = blob { error.code == .permissionDenied } else { false }
        let isAbsent = if case .success(.absent) = blob { true } else { false }
        guard isBusy == false, isHidden || isAbsent else {
            self.notes.emptySince = nil
            return
        }
        let since = self.notes.emptySince ?? now
        self.notes.emptySince = since
        let hasSettled = now.timeIntervalSince(since) >= self.limits.settling.timeInterval
        guard hasSettled || self.isPastLimit(now) else { return }
        self.settled(isHidden: isHidden, at: now)
    }

    /// Looks are a tenth of the time apart that the POST lies back: hours need no look every ten seconds.
    private func lookPause(_ now: Date) -> Duration {
        let posted = self.record.attempts.last?.intendedAt ?? now
        return min(max(.seconds(now.timeIntervalSince(posted)) / 10, .seconds(10)), .seconds(60))
    }

    /// Whether the instance will not be seen again, however long one waits.
    private func isHidden(_ error: BackupError) -> Bool {
        [.permissionDenied, .instanceNotFound].contains(error.code)
    }

    /// Whether a blob has been the same for long enough, so that no more is to be learnt by looking at it.
    private mutating func hasStayed(_ properties: BlobProperties, at now: Date) -> Bool {
        guard let seen = self.notes.unconfirmed, seen.etag == properties.etag else {
            self.notes.unconfirmed = (properties.etag, now)
            return false
        }
        return now.timeIntervalSince(seen.since) >= self.limits.settling.timeInterval
    }

    /// There is a blob, and nothing will tell whether it is whole: a backup may lie half written for hours.
    private mutating func endUntold(_ error: BackupError, at now: Date) {
        let untold = BackupError(
            .notSeenToTheEnd,
            "There is a blob '\(self.currentName)', but neither the operation nor the instance can be read, and only they "
                + "tell whether it is whole. \(error.message)",
            remedy: "'apim-backup verify' counts it once it has stayed the same for a day.",
            azure: error.azure
        )
        self.end(.unknown, error: untold, at: now)
    }

    private var unnamedReason: String? {
        guard self.record.warnings.isEmpty else { return nil }
        return switch self.record.attempts.last?.submission {
        case .accepted:
            "\(self.notes.unreadable ?? "The operation could not be read"): the backup was followed through the "
                + "instance's state and the blob."
        default: "Azure's answer to the POST was lost: the backup was found through the instance's state and the blob."
        }
    }

    /// The instance has been idle for long enough, and no blob came.
    private mutating func settled(isHidden: Bool, at now: Date) {
        let name = self.currentName
        if isHidden {
            let error = BackupError(
                .notSeenToTheEnd,
                "The backup '\(name)' was posted, but neither its operation nor its blob can be read.",
                remedy:
                    "Give this identity \(Self.operationRead) on the instance, or 'Storage Blob Data Reader' on the "
                    + "container \(self.record.storage.container)."
            )
            return self.end(.unknown, error: error, at: now)
        }
        let wasAccepted = self.record.attempts.last?.submission == .accepted
        let unanswered = self.record.attempts.filter { $0.submission == .unanswered }.count
        guard !wasAccepted, unanswered < self.limits.posts, !self.isPastLimit(now) else {
            let error = BackupError(
                .backupMissing,
                wasAccepted
                    ? "Azure accepted the backup '\(name)', the instance is idle again, and there is no such blob."
                    : "\(unanswered) POST\(unanswered == 1 ? "" : "s") went unanswered, and no backup came of it.",
                azure: self.record.attempts.last?.fault
            )
            return self.end(.failed, error: error, at: now)
        }
        self.notes.emptySince = nil
        self.notes.busySince = nil
        self.enter(.planned, at: now, detail: "nothing came of the POST; another name, another POST")
    }
}
