import BackupDomain

extension ManagementAnswer {
    /// Whether Azure did what was asked, or accepted it.
    var isSuccess: Bool { (200...299).contains(self.status) }

    /// Says that Azure refused.
    ///
    /// - Parameter what: What could not be done, as in "reading …".
    /// - Returns: An error with code `permissionDenied`, `scopeLocked` or `azureError`.
    func refusal(_ what: String) -> BackupError {
        switch (self.status, self.code) {
        case (403, _):
            let who = self.principal.map { " (\($0))" } ?? ""
            return BackupError(
                .permissionDenied,
                "Azure does not let this identity\(who) do this: \(what).",
                remedy: "Give it the right that Azure names, or deploy as somebody who has it.",
                azure: self.fault
            )
        case (409, "ScopeLocked"):
            return BackupError(
                .scopeLocked,
                "A lock forbids \(what).",
                remedy: "Remove the lock for the time of the deployment.",
                azure: self.fault
            )
        default: return BackupError(.azureError, "Azure answered \(what) with \(self.status).", azure: self.fault)
        }
    }
}
