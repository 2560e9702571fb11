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
    static let operationRead = "Microsoft.ApiManagement/service/operationresults/read"

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
}
