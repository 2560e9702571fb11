/// The managed identities of a resource.
struct ManagedIdentities: Sendable, Equatable, Codable {
    /// The object id of the system-assigned identity, where it has one.
    var systemPrincipalID: String?
    /// The resource ids of its user-assigned identities.
    var userAssigned: [Scope] = []

    /// The identity's type as the Resource Manager writes it.
    var type: String {
        switch (self.systemPrincipalID != nil, !self.userAssigned.isEmpty) {
        case (true, true): "SystemAssigned, UserAssigned"
        case (true, false): "SystemAssigned"
        case (false, true): "UserAssigned"
        case (false, false): "None"
        }
    }
}
