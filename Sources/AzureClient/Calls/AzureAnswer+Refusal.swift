import BackupDomain
import FoundationEssentials

extension AzureAnswer {
    /// Says what any refusal means whose status has the same meaning everywhere.
    ///
    /// - Parameters:
    ///   - body: What the refusal's body says.
    ///   - what: What could not be done, as in "reading …".
    ///   - now: This machine's time.
    /// - Returns: An error with code `credentialRejected`, `clockOff`, `throttled` or `azureError`.
    func refusal(_ body: AzureErrorBody, _ what: String, now: Date) -> BackupError {
        let fault = self.fault(body)
        switch self.status {
        case 401:
            let clock = ClockComparison(service: self.response.date, now: now)
            if let error = clock?.refusal(fault) { return error }
            let who = self.principal?.principal.map { " of \($0)" } ?? ""
            return BackupError(
                .credentialRejected,
                "Azure did not accept the token\(who) when \(what).",
                remedy: "Check that the credential is of the right tenant and cloud: apim-backup credentials test.",
                azure: fault
            )
        case 429:
            let pause = self.response.retryAfter.map { "; it asks to wait \($0.inSeconds) seconds more" } ?? ""
            return BackupError(.throttled, "Azure throttled \(what)\(pause).", remedy: "Try again later.", azure: fault)
        case 404 where body.code == "SubscriptionNotFound":
            return BackupError(
                .azureError,
                "Azure answered \(what) with 404: in this tenant there is no such subscription, or it may not be seen.",
                remedy:
                    "Check --subscription, and that the identity is of the subscription's tenant: apim-backup credentials test.",
                azure: fault
            )
        default:
            return BackupError(.azureError, "Azure answered \(what) with \(self.status).", azure: fault)
        }
    }
}
