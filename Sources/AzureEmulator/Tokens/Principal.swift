/// Who a token is for, or who a caller is.
struct Principal: Sendable, Equatable, Codable {
    /// The object id, which role assignments name.
    var objectID: String
    /// The application (client) id.
    var clientID: String
    /// The tenant.
    var tenantID: String
    /// The resource id, for a managed identity.
    var resourceID: String?
}
