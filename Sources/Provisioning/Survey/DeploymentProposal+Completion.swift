import BackupDomain
package import Deployment

extension DeploymentProposal {
    /// Adds the values that follow from what was found: groups that differ, and from when on nights count.
    mutating func complete() {
        // By Azure's own spelling, whichever a person typed: names derive from it.
        self.arguments.set(BackupInputs.instance, .text(self.instance.id.name))
        if self.instance.id.resourceGroup.lowercased() != self.place.resourceGroup.lowercased() {
            self.arguments.set(BackupInputs.instanceGroup, .text(self.instance.id.resourceGroup))
        }
        if self.account.resourceGroup.lowercased() != self.place.resourceGroup.lowercased() {
            self.arguments.set(BackupInputs.storageGroup, .text(self.account.resourceGroup))
        }
        // Its default is the next day, which would change what is there at every deployment.
        if let first = self.earlier?.parameters[BackupInputs.firstRun.name]?.string {
            self.arguments.set(BackupInputs.firstRun, .text(first))
        }
    }

    /// The id of what a role is on.
    func scope(of place: Permission.Place) -> String {
        let containers = "\(self.account)/blobServices/default/containers"
        return switch place {
        case .instance: self.instance.id.text
        case .account: self.account.text
        case .backups: "\(containers)/\(self.arguments.text(BackupInputs.container) ?? "")"
        case .catalog: "\(containers)/\(self.arguments.text(JobInputs.catalogContainer) ?? "")"
        }
    }

    /// The roles that are to be there after the deployment, as far as it assigns them.
    package var permissions: [Permission] {
        guard self.arguments[BackupInputs.assignsRoles] == true else { return [] }
        return Permission.needed(by: self.host, self.arguments)
    }

    /// The object id of the identity by which API Management writes; nil where it is still to be enabled.
    var writer: String? {
        guard let identity = self.arguments.text(BackupInputs.accessIdentity), !identity.isEmpty else {
            return self.instance.identity.systemPrincipalID
        }
        return self.instance.identity.userAssigned.first { $0.resourceID.lowercased() == identity.lowercased() }?
            .principalID
    }
}
