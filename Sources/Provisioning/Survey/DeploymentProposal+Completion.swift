import BackupDomain
import Deployment

extension DeploymentProposal {
    /// Adds the values that follow from what was found: spelling, groups that differ, and from when on nights count.
    mutating func complete() {
        if self.settings == nil, let only = self.instances.first {
            // By Azure's own spelling, whichever a person typed: names derive from it.
            self.arguments.set(BackupInputs.instance, .text(only.instance.id.name))
            if only.instance.id.resourceGroup.lowercased() != self.place.resourceGroup.lowercased() {
                self.arguments.set(BackupInputs.instanceGroup, .text(only.instance.id.resourceGroup))
            }
            if only.account.resourceGroup.lowercased() != self.place.resourceGroup.lowercased() {
                self.arguments.set(BackupInputs.storageGroup, .text(only.account.resourceGroup))
            }
        }
        // Its default is the next day, which would change what is there at every deployment.
        if let first = self.earlier?.parameters[BackupInputs.firstRun.name]?.string {
            self.arguments.set(BackupInputs.firstRun, .text(first))
        }
    }

    /// The roles that are to be there after the deployment, as far as it assigns them; each once.
    package var grants: [PlannedGrant] {
        self.arguments[BackupInputs.assignsRoles] == true ? self.needed : []
    }

    /// The roles that are to be there, whoever assigns them; each once.
    var needed: [PlannedGrant] {
        var seen: Set<PlannedGrant> = []
        return self.instances.flatMap { member in
            member.permissions(by: self.host, self.arguments).map { permission in
                PlannedGrant(
                    permission: permission,
                    scope: member.scope(of: permission.place),
                    holder: permission.holder == .job ? self.earlier?.principal(of: self.host) : member.writer,
                    isLeft: permission.holder == .apiManagement && !member.assignsWriter
                )
            }
        }.filter { seen.insert($0).inserted }
    }
}
