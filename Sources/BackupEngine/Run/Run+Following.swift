import BackupDomain
import FoundationEssentials

/// From Azure's acceptance to its word that the backup is done.
extension Run {
    /// How long to wait between polls where Azure does not say.
    static let defaultPollPause = Duration.seconds(30)
    /// How long polls may fail for lack of a credential before the run ends as unknown.
    private static let credentialPatience = Duration.seconds(1800)
    static let operationRead = "Microsoft.ApiManagement/service/operationresults/read"

    mutating func polled(_ answer: ManagementAnswer, at now: Date) {
        let retryAfter = RetryRules.heeded(answer.retryAfter)
        self.notes.hasAsked = true
        switch answer.status {
        case 202:
            self.notes.wasSeenAtWork = true
            self.notes.failedPolls = 0
            self.notes.withoutCredentialSince = nil
            self.notes.emptySince = nil
            if let location = answer.location { self.changeAttempt { $0.location = location } }
            self.notes.pause = retryAfter ?? Self.defaultPollPause
        case 200..<300 where PostVerdict.saysFailed(answer):
            self.doubt(.failed(self.backupFailed(answer)))
        case 204:
            self.enter(.proving, at: now)
        case 200..<300 where self.isService(answer):
            self.enter(.proving, at: now)
        case 403:
            self.warn(
                "The operation could not be read: this identity lacks \(Self.operationRead) on "
                    + "\(self.record.instance.id). The \(self.record.kind) was followed through \(self.traces)."
            )
            self.loseOperation("the operation may not be read", " (\(Self.operationRead) is missing)", at: now)
        case 404, 410:
            self.warn(
                "The operation's URL was not found. The \(self.record.kind) was followed through \(self.traces); "
                    + "if this recurs, see whether this identity has \(Self.operationRead)."
            )
            self.loseOperation("the operation's URL was not found", at: now)
        case 401, 408, 429, 500...:
            let code: BackupError.Code = answer.status == 401 ? .credentialRejected : .azureError
            let error = BackupError(code, "The poll was not answered.", azure: answer.fault)
            self.pollUnanswered(error, retryAfter: retryAfter, at: now)
        case 400..<500 where Self.isOfGateway(answer):
            self.warn(
                "The Resource Manager refused the operation's URL (\(answer.code ?? "")). The \(self.record.kind) was followed "
                    + "through \(self.traces)."
            )
            self.loseOperation("the Resource Manager refused the operation's URL", at: now)
        case 400..<500 where answer.code != nil:
            self.doubt(.failed(self.backupFailed(answer)))
        default:
            self.pollAnsweredOddly(answer, retryAfter: retryAfter, at: now)
        }
    }

    /// Leaves the operation, which tells nothing any more: the instance's state and the blob decide.
    private mutating func loseOperation(_ why: String, _ more: String = "", at now: Date) {
        self.notes.unreadable = why + more
        self.enter(.settling, at: now, detail: why)
    }

    mutating func pollUnanswered(_ error: BackupError, retryAfter: Duration? = nil, at now: Date) {
        self.notes.hasAsked = true
        if error.code == .foreignLocation {
            // An answer that sends us elsewhere is not to be believed in anything else either.
            return self.end(.unknown, error: error, at: now)
        }
        self.notes.failedPolls += 1
        self.notes.pause = RetryRules.poll.delay(
            after: self.notes.failedPolls,
            retryAfter: retryAfter,
            random: self.lot(self.notes.failedPolls)
        )
        guard [.noCredential, .credentialRejected].contains(error.code) else {
            self.notes.withoutCredentialSince = nil
            return
        }
        let since = self.notes.withoutCredentialSince ?? now
        self.notes.withoutCredentialSince = since
        guard now.timeIntervalSince(since) >= Self.credentialPatience.timeInterval else { return }
        self.end(.unknown, error: error, at: now)
    }

    /// Whether the Resource Manager itself refused the URL, before API Management could say anything of the operation.
    ///
    /// Source: "Troubleshoot common Azure deployment errors", the codes that concern the request's own URL.
    private static func isOfGateway(_ answer: ManagementAnswer) -> Bool {
        let codes: Set = [
            "invalidapiversionparameter", "missingapiversionparameter", "noregisteredproviderfound",
            "invalidresourcetype", "invalidsubscriptionid", "subscriptionnotfound",
        ]
        return codes.contains(answer.code?.lowercased() ?? "")
    }

    /// Whether API Management reaches the account with its key.
    var usesKey: Bool { self.record.access.type == "AccessKey" }

    private func backupFailed(_ answer: ManagementAnswer) -> BackupError {
        let state = PostVerdict.failedState(answer)
        return BackupError(
            self.record.kind == .backup ? .backupFailed : .restoreFailed,
            "Azure accepted \(self.subject) \(self.record.kind == .backup ? "of" : "into") \(self.record.instance.name), and "
                + (state.map { "says that it ended in the state '\($0)'." } ?? "it failed."),
            remedy: self.remedy(for: answer, state: state),
            azure: answer.fault
        )
    }

    private func remedy(for answer: ManagementAnswer, state: String?) -> String {
        let container = self.record.restore?.backup.container ?? self.record.storage.container
        if self.record.kind == .backup, answer.message?.lowercased().contains("container does not exist") == true {
            return
                "Somebody deleted the container \(container) during the backup, or API Management looks for it in another "
                + "account: the next run creates it where it is missing."
        }
        if state != nil {
            return "Azure gives no reason with a state: the instance's Activity Log has one, at the time of this run."
        }
        if self.record.kind == .restore {
            return
                "Azure's words, above, name the rule. Mostly the tier is another one, the backup is older than 30 days, or "
                + "the instance's own identity lacks 'Storage Blob Data Contributor' on the container. Such a refusal leaves "
                + "the instance as it was."
        }
        return self.usesKey
            ? "Mostly the key is not the account's, keys are not permitted on it (allowSharedKeyAccess), or its firewall "
                + "keeps the key's user out: let API Management write with its system-assigned managed identity instead."
            : "Mostly API Management's own identity lacks 'Storage Blob Data Contributor' on the container "
                + "\(container) (should it have that, give it on the account), or the account's "
                + "firewall does not let trusted services in."
    }
}
