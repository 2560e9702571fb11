/// How API Management reaches the account, as a record names it: never with a key.
package struct RecordedAccess: Sendable, Codable, Hashable {
    /// Azure's name of the access type.
    package var type: String
    /// The client id of the user-assigned identity, where one is used.
    package var clientID: String?

    /// Takes over what may be recorded of an access.
    ///
    /// - Parameter access: The access.
    package init(_ access: StorageAccess) {
        self.type = access.name
        if case .userAssignedManagedIdentity(let clientID) = access { self.clientID = clientID }
    }

    private enum CodingKeys: String, CodingKey {
        case type
        case clientID = "clientId"
    }
}
