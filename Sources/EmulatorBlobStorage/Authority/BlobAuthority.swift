/// What blob storage must know about the world around it: its accounts, tokens and role assignments.
package protocol BlobAuthority: Sendable {
    /// Finds a storage account.
    ///
    /// - Parameter named: The account's name, as it stands in the path.
    /// - Returns: What matters about it, or nil where there is none.
    func account(named: String) -> BlobAccountProperties?

    /// Checks a bearer token: signature, audience, tenant, expiry.
    ///
    /// - Parameters:
    ///   - token: The token, without its scheme.
    ///   - account: The account that it was sent to.
    /// - Returns: Who it speaks for, or why it is refused.
    func verifyBearer(_ token: String, account: String) -> BlobBearerVerdict

    /// Decides whether the role assignments allow a data action.
    ///
    /// - Parameters:
    ///   - principal: Who asks.
    ///   - dataAction: The action, such as `Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read`.
    ///   - account: The account.
    ///   - container: The container, or nil for an operation on the account's blob service.
    /// - Returns: Whether it is allowed.
    func permits(_ principal: BlobPrincipal, dataAction: String, account: String, container: String?) -> Bool
}
