/// An application of the tenant with its service principal.
struct ServicePrincipal: Sendable, Equatable, Codable {
    /// The application's display name.
    var name: String
    /// The application (client) id.
    var clientID: String
    /// The service principal's object id, which role assignments name.
    var objectID: String
    /// The secrets that it may sign in with.
    var secrets: [String] = []
    /// The certificates that it may sign in with, in PEM.
    var certificates: [String] = []
    /// The foreign issuers that may stand for it.
    var federatedCredentials: [FederatedCredential] = []
}
