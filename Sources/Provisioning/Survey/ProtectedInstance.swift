package import BackupDomain
package import Deployment

/// An instance that a deployment is to protect, with what was found of it.
package struct ProtectedInstance: Sendable {
    /// The instance as it is.
    package var instance: Instance
    /// The storage account's id.
    package var account: ResourceID
    /// The container of backups.
    package var container: String
    /// The container of records; nil where the host keeps none.
    package var catalogContainer: String?
    /// How API Management writes.
    package var access: WantedInstance.Access
    /// The template of backups' names.
    package var backupName: BackupNameTemplate
    /// Whether the instance's system-assigned identity must be enabled first.
    package var enablesIdentity: Bool
    /// Whether API Management's own role is assigned; false where it has the role already.
    package var assignsWriter = true
    /// Whether only its inventory is taken.
    package var isInventoryOnly = false

    /// What is needed for it.
    ///
    /// - Parameters:
    ///   - host: What runs the backups.
    ///   - arguments: The template's values.
    /// - Returns: The roles that apply.
    func permissions(by host: DeploymentHost, _ arguments: TemplateArguments) -> [Permission] {
        self.isInventoryOnly
            ? Permission.ofInventories
            : Permission.needed(by: host, arguments).filter { $0.holder == .job || self.access != .key }
    }

    /// The id of what a role is on.
    func scope(of place: Permission.Place) -> String {
        switch place {
        case .instance: self.instance.id.text
        case .account: self.account.text
        case .backups: self.account.containerID(self.container)
        case .catalog: self.account.containerID(self.catalogContainer ?? "")
        }
    }

    /// Whether API Management's own role is to be assigned, as far as is known.
    var needsWriter: Bool { self.assignsWriter && !self.isInventoryOnly }

    /// The object id of the identity by which API Management writes; nil where it is still to be enabled.
    var writer: String? {
        switch self.access {
        case .system: self.instance.identity.systemPrincipalID
        case .identity: self.access.attached(to: self.instance)?.principalID
        case .key: nil
        }
    }

    /// The instance as a template for many needs to know it.
    package var member: FleetMember {
        FleetMember(
            instance: self.instance.id.name,
            instanceGroup: self.instance.id.resourceGroup,
            account: self.account.name,
            accountGroup: self.account.resourceGroup,
            container: self.container,
            catalogContainer: self.catalogContainer ?? "",
            writer: self.writer ?? "",
            assignsWriter: self.assignsWriter,
            isInventoryOnly: self.isInventoryOnly
        )
    }
}
