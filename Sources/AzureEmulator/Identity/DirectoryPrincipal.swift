/// A service principal as the directory shows it.
struct DirectoryPrincipal: Sendable, Equatable {
    /// The display name.
    var name: String
    /// The application (client) id.
    var clientID: String
    /// The object id, which role assignments name.
    var objectID: String
}

extension CloudState {
    /// The service principals of applications, and of managed identities.
    var directory: [DirectoryPrincipal] {
        self.world.servicePrincipals.map {
            DirectoryPrincipal(name: $0.name, clientID: $0.clientID, objectID: $0.objectID)
        }
            + self.userAssignedIdentities.values.map {
                DirectoryPrincipal(name: $0.name, clientID: $0.clientID, objectID: $0.principalID)
            }
            + self.resources.values.compactMap { resource in
                guard let object = resource.identity.systemPrincipalID, let client = resource.systemClientID else {
                    return nil
                }
                return DirectoryPrincipal(name: resource.name, clientID: client, objectID: object)
            }
    }
}
