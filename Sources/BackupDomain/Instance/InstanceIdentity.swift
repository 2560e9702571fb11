/// The managed identities that an instance has.
package struct InstanceIdentity: Hashable, Sendable {
    /// A user-assigned identity attached to an instance.
    package struct UserAssigned: Hashable, Sendable {
        /// The identity's resource id as Azure gives it.
        package var resourceID: String
        /// The client id: what a backup request names the identity by.
        package var clientID: String
        /// The object id: what role assignments name it by.
        package var principalID: String

        /// Creates a value.
        package init(resourceID: String, clientID: String, principalID: String) {
            self.resourceID = resourceID
            self.clientID = clientID
            self.principalID = principalID
        }
    }

    /// The object id of the system-assigned identity; nil where there is none.
    package var systemPrincipalID: String?
    /// The attached user-assigned identities, by resource id.
    package var userAssigned: [UserAssigned]

    /// Creates a value; no identity by default.
    package init(systemPrincipalID: String? = nil, userAssigned: [UserAssigned] = []) {
        self.systemPrincipalID = systemPrincipalID
        self.userAssigned = userAssigned
    }
}

extension InstanceIdentity {
    /// The object id of the identity by which API Management reaches a storage account.
    ///
    /// - Parameter access: How it does.
    /// - Returns: The id; nil for an access key, and where the instance lacks the identity.
    package func principalID(for access: StorageAccess) -> String? {
        switch access {
        case .systemAssignedManagedIdentity: self.systemPrincipalID
        case .userAssignedManagedIdentity(let clientID):
            self.userAssigned.first { $0.clientID.lowercased() == clientID.lowercased() }?.principalID
        case .accessKey: nil
        }
    }
}
