package import BackupDomain

/// What the catalog's documents say of one backup.
package struct BackupDocuments: Sendable {
    /// What checks have shown.
    package var verification: BackupVerification?
    /// The pin that holds.
    package var pin: BackupPins.Change?
    /// What `prune` did.
    package var deletion: BackupDeletions.Entry?

    /// Creates a value; by default nothing is said.
    package init(
        verification: BackupVerification? = nil,
        pin: BackupPins.Change? = nil,
        deletion: BackupDeletions.Entry? = nil
    ) {
        self.verification = verification
        self.pin = pin
        self.deletion = deletion
    }
}
