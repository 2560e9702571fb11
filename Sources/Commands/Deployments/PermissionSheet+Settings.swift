import BackupDomain
import Deployment
import Provisioning
import Settings

extension PermissionSheet {
    /// The sheet of one of the instances that a single job serves.
    ///
    /// - Parameters:
    ///   - listed: The instance as the settings list it.
    ///   - arguments: The inputs of the job's template.
    ///   - options: Where the job is deployed.
    ///   - subscription: The subscription's id.
    ///   - principal: The object id of the job's identity, where it is known already.
    /// - Throws: ``BackupDomain/BackupError`` with code `invalidInput` where the settings name no account.
    init(
        _ listed: InstanceSettings,
        _ arguments: TemplateArguments,
        _ options: DeploymentOptions,
        subscription: String?,
        principal: String?
    ) throws(BackupError) {
        let backup = listed.backup
        let (account, host) = (try backup.storage.requiredAccount(), DeploymentHost.containerAppJob)
        var own = TemplateArguments.read([], for: host.template).arguments
        for parameter in [BackupInputs.leastPrivilege, BackupInputs.storageRoleScope, host.deletes] {
            if let value = arguments[parameter] { own.set(parameter, value) }
        }
        own.set(BackupInputs.instance, .text(listed.instanceName))
        own.set(BackupInputs.storageAccount, .text(account))
        own.set(BackupInputs.container, .text(backup.storage.container))
        own.set(JobInputs.catalogContainer, .text(backup.storage.catalogContainer))
        if let group = listed.id?.resourceGroup ?? listed.resourceGroup {
            own.set(BackupInputs.instanceGroup, .text(group))
        }
        self.init(
            host: host,
            arguments: own,
            resourceGroup: options.resourceGroup ?? "",
            subscription: subscription ?? listed.id?.subscription ?? backup.subscription,
            principal: principal,
            tag: FleetTemplate.subject,
            writerClientID: backup.access.clientID,
            isInventoryOnly: backup.inventoryOnly
        )
    }
}
