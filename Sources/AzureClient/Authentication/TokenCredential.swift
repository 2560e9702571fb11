/// A way of getting tokens from Azure.
package protocol TokenCredential: Sendable {
    /// The credential's name in messages.
    var name: String { get }

    /// Gets a new token; nothing is cached here.
    ///
    /// - Parameter audience: What the token is for: a resource's URI without a trailing slash.
    /// - Returns: The token.
    /// - Throws: ``CredentialUnavailable`` where there is nothing to use here, so that another credential may be tried;
    ///   ``BackupDomain/BackupError`` where there is, and it was refused or failed.
    func token(for audience: String) async throws -> AccessToken
}
