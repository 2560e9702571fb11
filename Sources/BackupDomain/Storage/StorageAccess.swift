/// How API Management reaches the storage account: the backup request's `accessType` with what it needs.
///
/// Source: <https://learn.microsoft.com/rest/api/apimanagement/api-management-service/backup>
package enum StorageAccess: Sendable, Hashable {
    /// The instance's own identity; the default, and the one that a storage firewall lets through.
    case systemAssignedManagedIdentity
    /// An identity attached to the instance, by its client id.
    case userAssignedManagedIdentity(clientID: String)
    /// The account's key.
    case accessKey(Secret)

    /// Azure's name for it.
    package var name: String {
        switch self {
        case .systemAssignedManagedIdentity: "SystemAssignedManagedIdentity"
        case .userAssignedManagedIdentity: "UserAssignedManagedIdentity"
        case .accessKey: "AccessKey"
        }
    }
}
