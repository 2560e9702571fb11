/// Why something is wrong: what alerts of several instances must share to be one incident.
package struct AlertCause: Sendable, Codable, Hashable, Comparable {
    /// A word for programs: an error's code, or what the alert itself is about.
    package var code: String
    /// What the cause lies in: a storage account, or `credential`, `network` or `schedule`.
    package var scope: String

    /// Creates a cause.
    package init(code: String, scope: String) {
        self.code = code
        self.scope = scope
    }

    /// The cause of a failure.
    ///
    /// What is wrong with the credential or the network is wrong for every account; everything else is told apart by it.
    ///
    /// - Parameters:
    ///   - error: The error's code.
    ///   - storageAccount: The account that the instance's backups go to.
    package init(_ error: BackupError.Code, storageAccount: String) {
        let scope =
            switch error {
            case .noCredential, .credentialRejected, .clockOff: "credential"
            case .hostNotFound, .unreachable, .tlsFailed, .proxyRefused, .timedOut, .throttled: "network"
            default: storageAccount
            }
        self.init(code: error.name, scope: scope)
    }

    package static func < (lhs: Self, rhs: Self) -> Bool { (lhs.code, lhs.scope) < (rhs.code, rhs.scope) }
}
