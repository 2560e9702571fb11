/// A user-assigned managed identity.
struct UserAssignedIdentity: Sendable, Equatable, Codable {
    /// The resource id.
    var id: Scope
    /// The identity's name.
    var name: String
    /// The region, such as `westeurope`.
    var location: String
    /// The resource's tags.
    var tags: [String: String] = [:]
    /// The client id, by which a caller chooses it.
    var clientID: String
    /// The object id, which role assignments name.
    var principalID: String
}
