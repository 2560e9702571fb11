package import BackupDomain
package import FoundationEssentials

/// A token of Azure with its times.
package struct AccessToken: Sendable, Hashable {
    /// The token.
    package var secret: Secret
    /// When it ceases to be valid.
    package var expiresAt: Date
    /// When it is worth asking for the next one; nil where its giver did not say.
    package var refreshAt: Date?

    /// Creates a value.
    package init(secret: Secret, expiresAt: Date, refreshAt: Date? = nil) {
        self.secret = secret
        self.expiresAt = expiresAt
        self.refreshAt = refreshAt
    }
}
