import BackupDomain

extension Permission {
    /// Says that the caller lacks this right, and which command grants it.
    ///
    /// - Parameters:
    ///   - scope: The resource in words or by its id.
    ///   - scopeID: Its resource id, for the command; nil where it is not known.
    ///   - principal: Whom the refused token speaks for.
    ///   - azure: Azure's refusal.
    /// - Returns: An error with code `permissionDenied`.
    func denial(on scope: String, scopeID: String?, principal: TokenClaims?, azure: AzureFault) -> BackupError {
        let who = principal?.principal.map { "The identity \($0)" } ?? "The identity in use"
        let command: String? =
            if let scopeID, let object = principal?.objectID {
                "az role assignment create --role '\(self.role)' --assignee-object-id \(object) --scope '\(scopeID)'"
            } else {
                nil
            }
        let grant = "Grant it the role '\(self.role)' there"
        return BackupError(
            .permissionDenied,
            "\(who) lacks \(self.action) on \(scope).",
            remedy: self.advice
                ?? (command.map { "\(grant): \($0)" } ?? "\(grant).") + " New assignments take some minutes to work.",
            azure: azure
        )
    }
}
