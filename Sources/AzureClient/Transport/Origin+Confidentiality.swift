package import BackupDomain

extension Origin {
    /// Whether the host is this machine.
    var isLoopback: Bool { self.host == "localhost" || IPAddress(self.host)?.isLoopback == true }

    /// Whether the host is of this machine's own link, where platforms serve identities.
    var isLinkLocal: Bool { IPAddress(self.host)?.isLinkLocal == true }

    /// Refuses an origin to which a secret or a token must not be sent in the clear.
    ///
    /// - Parameters:
    ///   - purpose: What the origin is for, in the message.
    ///   - linkLocal: Whether plain http to a link-local address will do, as managed-identity endpoints have it.
    /// - Throws: ``BackupDomain/BackupError`` with code `invalidInput`.
    package func requireConfidential(_ purpose: String, linkLocal: Bool = false) throws(BackupError) {
        if self.scheme == "https" || self.isLoopback || (linkLocal && self.isLinkLocal) { return }
        throw BackupError(
            .invalidInput,
            "\(purpose) at \(self) is not https; plain http is used with this machine only.",
            remedy: "Give an https URL."
        )
    }
}
