import BackupDomain
import FoundationEssentials

/// Why the blob service refused a call.
///
/// The code stands in the header `x-ms-error-code`, which HEAD has too, and in the XML body.
///
/// Source: <https://learn.microsoft.com/rest/api/storageservices/blob-service-error-codes>
struct BlobRefusal {
    let answer: AzureAnswer
    let account: StorageAccount
    let container: String
    /// Azure's code and message.
    let body: (code: String?, message: String?)

    /// Reads a refusal.
    ///
    /// - Parameters:
    ///   - answer: The answer.
    ///   - account: The account that was called.
    ///   - container: The container that the call was about.
    init(_ answer: AzureAnswer, account: StorageAccount, container: String) {
        self.answer = answer
        self.account = account
        self.container = container
        let root = XMLReader.root([UInt8](answer.response.body))
        let error = root?.name == "Error" ? root : nil
        let code = Self.code(answer.response) ?? error?["Code"]?.text
        self.body = (code, (error?["Message"]?.text).flatMap(AzureErrorBody.folded))
    }

    /// The code in the header.
    static func code(_ response: HTTPExchangeResponse) -> String? { response.fields[text: "x-ms-error-code"] }

    private var fault: AzureFault {
        AzureFault(
            status: self.answer.status,
            code: self.body.code,
            message: self.body.message,
            requestID: self.answer.response.requestID
        )
    }

    /// Makes the error.
    ///
    /// - Parameters:
    ///   - need: The right that the call needs.
    ///   - what: What could not be done, as in "reading …".
    ///   - now: This machine's time.
    /// - Returns: The error.
    func error(_ need: Permission, _ what: String, now: Date) -> BackupError {
        switch (self.answer.status, self.body.code) {
        case (403, "AuthorizationFailure"): return self.firewall(what)
        case (403, "AuthenticationFailed"), (401, _):
            let clock = ClockComparison(service: self.answer.response.date, now: now)
            if let error = clock?.refusal(self.fault) { return error }
            return BackupError(
                .credentialRejected,
                "The storage account \(self.account.name) did not accept the token when \(what).",
                remedy: "Check that the credential is of the account's tenant: apim-backup credentials test.",
                azure: self.fault
            )
        case (403, "AccountIsDisabled"):
            return BackupError(
                .permissionDenied,
                "The storage account \(self.account.name) is disabled.",
                azure: self.fault
            )
        case (403, _): return self.denial(need)
        case (404, "ContainerNotFound"), (404, "BlobNotFound"):
            return BackupError(
                .notFound,
                self.body.code == "BlobNotFound"
                    ? "There is no such blob in the container \(self.container) of \(self.account.name)."
                    : "There is no container \(self.container) in the storage account \(self.account.name).",
                azure: self.fault
            )
        case (404, _):
            return BackupError(
                .storageAccountNotFound,
                "There is no storage account '\(self.account.name)' at \(self.account.blobEndpoint).",
                remedy: "Check --storage-account and the blob endpoint.",
                azure: self.fault
            )
        default:
            let body = AzureErrorBody(code: self.body.code, message: self.body.message)
            return self.conflict(what) ?? self.answer.refusal(body, what, now: now)
        }
    }

    /// What stands in the way as things are; nil where the refusal says nothing of the kind.
    private func conflict(_ what: String) -> BackupError? {
        switch (self.answer.status, self.body.code) {
        case (409, "ContainerBeingDeleted"):
            BackupError(
                .conflict,
                "The container \(self.container) of \(self.account.name) is being deleted.",
                remedy: "Try again in half a minute: until then its name is not free.",
                azure: self.fault
            )
        case (409, "BlobAlreadyExists"), (409, "LeaseAlreadyPresent"), (409, "LeaseIdMismatchWithBlobOperation"),
            (409, "LeaseIdMismatchWithLeaseOperation"), (409, "LeaseNotPresentWithLeaseOperation"),
            (409, "LeaseIsBrokenAndCannotBeRenewed"), (412, _):
            BackupError(
                .conflict,
                "Somebody else changed or holds what was about to be changed: \(what).",
                azure: self.fault
            )
        case (409, "BlobImmutableDueToPolicy"), (409, "BlobImmutableDueToLegalHold"):
            BackupError(.blobProtected, "An immutability policy or a legal hold forbids \(what).", azure: self.fault)
        default: nil
        }
    }

    private func denial(_ need: Permission) -> BackupError {
        need.denial(
            on: "the container \(self.container) of the storage account \(self.account.name)",
            scopeID: self.account.id?.containerID(self.container),
            principal: self.answer.principal,
            azure: self.fault
        )
    }

    private func firewall(_ what: String) -> BackupError {
        BackupError(
            .permissionDenied,
            "The storage account \(self.account.name) does not let this machine in when \(what): most likely its firewall.",
            remedy:
                "Allow this machine's network in the account's networking settings, or run where a private endpoint is. "
                + "API Management itself gets in as a trusted service with its system-assigned identity.",
            azure: self.fault
        )
    }
}

extension AzureErrorBody {
    /// Takes over what another reader found.
    init(code: String?, message: String?) {
        self.init(nil)
        self.code = code
        self.message = message
    }
}
