package import BackupDomain

/// An instance that somebody wants to have backed up, as it was named.
package struct WantedInstance: Sendable {
    /// How API Management reaches the storage account.
    package enum Access: Sendable, Hashable {
        /// By its system-assigned identity.
        case system
        /// By a user-assigned identity, named by its resource id or its client id.
        case identity(String)
        /// By the account's key, which needs no role.
        case key

        /// The user-assigned identity, where it is attached to an instance.
        func attached(to instance: Instance) -> InstanceIdentity.UserAssigned? {
            guard case .identity(let name) = self else { return nil }
            return instance.identity.userAssigned.first {
                [$0.resourceID.lowercased(), $0.clientID.lowercased()].contains(name.lowercased())
            }
        }

        /// The access as a backup asks for it.
        func storageAccess(of instance: Instance) -> StorageAccess {
            switch self {
            case .system: .systemAssignedManagedIdentity
            case .key: .accessKey(Secret(""))
            case .identity(let name):
                .userAssignedManagedIdentity(clientID: self.attached(to: instance)?.clientID ?? name)
            }
        }
    }

    /// A name, or a resource id.
    package var reference: String
    /// The instance's resource group; nil for any.
    package var resourceGroup: String?
    /// Where to look for it; nil for all subscriptions that can be seen.
    package var subscription: String?
    /// The storage account's name.
    package var account: String
    /// The container of backups.
    package var container: String
    /// The container of records; nil where the host keeps none.
    package var catalogContainer: String?
    /// How API Management writes.
    package var access: Access
    /// The template of backups' names.
    package var backupName: BackupNameTemplate
    /// Whether only its inventory is to be taken.
    package var isInventoryOnly: Bool

    /// Creates a value.
    package init(
        _ reference: String,
        resourceGroup: String?,
        subscription: String?,
        account: String,
        container: String,
        catalogContainer: String?,
        access: Access,
        backupName: BackupNameTemplate,
        isInventoryOnly: Bool = false
    ) {
        self.reference = reference
        self.resourceGroup = resourceGroup
        self.subscription = subscription
        self.account = account
        self.container = container
        self.catalogContainer = catalogContainer
        self.access = access
        self.backupName = backupName
        self.isInventoryOnly = isInventoryOnly
    }
}
