import BackupDomain
import Deployment
import Provisioning
import Settings

extension WantedInstance {
    /// The instance that a template's inputs name.
    ///
    /// - Parameters:
    ///   - arguments: The inputs.
    ///   - host: What runs the backups.
    ///   - subscription: Where to look for it; nil for all that can be seen.
    /// - Throws: ``BackupDomain/BackupError`` with code `invalidInput` where the names of backups cannot be made.
    init(_ arguments: TemplateArguments, _ host: DeploymentHost, subscription: String?) throws(BackupError) {
        let identity = arguments.text(BackupInputs.accessIdentity) ?? ""
        self.init(
            arguments.text(BackupInputs.instance) ?? "",
            resourceGroup: arguments.text(BackupInputs.instanceGroup),
            subscription: subscription,
            account: arguments.text(BackupInputs.storageAccount) ?? "",
            container: arguments.text(BackupInputs.container) ?? "",
            catalogContainer: host.keepsRecords ? arguments.text(JobInputs.catalogContainer) : nil,
            access: identity.isEmpty ? .system : .identity(identity),
            backupName: try BackupNameTemplate(arguments.text(BackupInputs.backupName) ?? "")
        )
    }

    /// An instance that the settings list.
    ///
    /// - Parameter listed: The instance.
    /// - Throws: ``BackupDomain/BackupError`` with code `invalidInput` where no account is named.
    init(_ listed: InstanceSettings) throws(BackupError) {
        let backup = listed.backup
        let access: Access =
            switch backup.access.type {
            case .accessKey: .key
            case .systemAssigned: .system
            case .userAssigned, nil: backup.access.clientID.map(Access.identity) ?? .system
            }
        self.init(
            listed.reference,
            resourceGroup: listed.resourceGroup,
            subscription: backup.subscription,
            account: try backup.storage.requiredAccount(),
            container: backup.storage.container,
            catalogContainer: backup.storage.catalogContainer,
            access: access,
            backupName: backup.backupName,
            isInventoryOnly: backup.inventoryOnly
        )
    }
}
