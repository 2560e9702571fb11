/// A service principal as the directory shows it.
struct DirectoryPrincipal: Sendable, Equatable {
    /// The display name.
    var name: String
    /// The application (client) id.
    var clientID: String
    /// The object id, which role assignments name.
    var objectID: String
}

extension World {
    /// The service principals of applications and of user-assigned identities.
    var directory: [DirectoryPrincipal] {
        self.servicePrincipals.map { DirectoryPrincipal(name: $0.name, clientID: $0.clientID, objectID: $0.objectID) }
            + self.userAssignedIdentities.map {
                DirectoryPrincipal(name: $0.name, clientID: $0.clientID, objectID: $0.principalID)
            }
    }
}
