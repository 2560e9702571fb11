/// Who a bearer token speaks for.
package struct BlobPrincipal: Hashable, Sendable {
    /// The object id in the tenant's directory.
    package var objectID: String
    /// The tenant that issued the token.
    package var tenantID: String

    /// Creates a principal.
    package init(objectID: String, tenantID: String) {
        self.objectID = objectID
        self.tenantID = tenantID
    }
}
