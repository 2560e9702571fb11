package import BackupDomain

/// Why an exchange brought no whole answer.
package struct TransportFailure: Error, Sendable {
    /// What happened, to which origin.
    package var error: BackupError
    /// Whether the request may have reached the server, so that it may have taken effect.
    package var mayHaveArrived: Bool

    /// Creates a failure.
    package init(_ error: BackupError, mayHaveArrived: Bool) {
        self.error = error
        self.mayHaveArrived = mayHaveArrived
    }
}
