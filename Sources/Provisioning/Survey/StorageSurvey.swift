import BackupDomain
import Deployment

/// Looks at the storage account: who has which role there already, and what protects its containers.
struct StorageSurvey {
    let resources: any ResourcePlane

    /// Looks, and adds to the proposal what follows.
    ///
    /// - Parameter proposal: What would be deployed.
    /// - Returns: What stands in the way.
    /// - Throws: ``BackupDomain/BackupError``
    func look(_ proposal: inout DeploymentProposal) async throws -> [BackupError] {
        try await self.lookAtWriters(&proposal)
        var problems: [BackupError] = []
        var seen: Set<String> = []
        for member in proposal.instances {
            let places: [Permission.Place] =
                (member.isInventoryOnly ? [] : [.backups]) + (proposal.host.keepsRecords ? [.catalog] : [])
            if seen.insert(member.account.text.lowercased()).inserted {
                problems += try await self.network(of: member, &proposal)
            }
            for place in places where seen.insert(member.scope(of: place).lowercased()).inserted {
                if let problem = try await self.protection(of: place, member, &proposal) { problems.append(problem) }
            }
        }
        return problems
    }

    /// Leaves API Management's own role where somebody assigned it under another name: Azure takes no second one.
    ///
    /// Source: <https://learn.microsoft.com/azure/role-based-access-control/role-assignments-template> (409
    /// `RoleAssignmentExists`)
    func lookAtWriters(_ proposal: inout DeploymentProposal) async throws {
        let permissions = Permission.needed(by: proposal.host, proposal.arguments)
        guard proposal.arguments[BackupInputs.assignsRoles] == true,
            let permission = permissions.first(where: { $0.holder == .apiManagement })
        else { return }
        let ours = Set((proposal.earlier?.resources ?? []).map { $0.lowercased() })
        for index in proposal.instances.indices where proposal.instances[index].needsWriter {
            let member = proposal.instances[index]
            guard let writer = member.writer else { continue }
            let found = try await RoleHolding(resources: self.resources).assignment(
                of: permission.role.builtInID ?? "",
                to: writer,
                on: member.scope(of: permission.place)
            )
            guard let found, !ours.contains(found.lowercased()) else { continue }
            proposal.instances[index].assignsWriter = false
            proposal.arguments.set(BackupInputs.assignsWriterRole, .boolean(false))
            let who = proposal.instances.count == 1 ? "" : " of \(member.instance.id.name)"
            proposal.notes.append(
                "API Management\(who) already has \(permission.role.rawValue) by \(ShortID.title(of: found)), which is not of "
                    + "this deployment; it is left as it is."
            )
        }
    }

    /// Looks whether the account's firewall lets in who needs to; who may not read the account finds out by the first backup.
    private func network(
        of member: ProtectedInstance,
        _ proposal: inout DeploymentProposal
    ) async throws -> [BackupError] {
        let version = ResourceTypes.storageAccounts.apiVersion
        let answer = try await self.resources.send(.get, member.account.text, apiVersion: version, body: nil)
        guard answer.status == 200, let account = answer.document else { return [] }
        let (problems, notes) = AccountNetwork(account).findings(member, proposal)
        proposal.notes += notes
        return problems
    }

    /// Looks what protects a container.
    ///
    /// Source: <https://learn.microsoft.com/rest/api/storagerp/blob-containers/get>
    private func protection(
        of place: Permission.Place,
        _ member: ProtectedInstance,
        _ proposal: inout DeploymentProposal
    ) async throws -> BackupError? {
        let version = ResourceTypes.containers.apiVersion
        let path = member.scope(of: place)
        let answer = try await self.resources.send(.get, path, apiVersion: version, body: nil)
        guard answer.status == 200, let properties = answer.document?["properties"] else { return nil }
        let isProtected = ["hasImmutabilityPolicy", "hasLegalHold"].filter { properties[$0] == .boolean(true) }
        guard !isProtected.isEmpty else { return nil }
        let name = path.split(separator: "/").last.map(String.init) ?? path
        let why = isProtected.contains("hasLegalHold") ? "a legal hold" : "an immutability policy"
        if place == .catalog {
            return BackupError(
                .deploymentRefused,
                "The container \(name) is under \(why): records are written anew while a run goes on, which that forbids.",
                remedy: "Name another one with --set catalog_container=NAME."
            )
        }
        guard proposal.arguments[proposal.host.deletes] == true else {
            proposal.notes.append(
                "The container \(name) is under \(why): backups cannot be deleted before it ends. Whether API Management "
                    + "can write there is not known for sure; the first backup shows it."
            )
            return nil
        }
        return BackupError(
            .deploymentRefused,
            "The container \(name) is under \(why), and the job is to delete backups there.",
            remedy: "Leave out --set \(proposal.host.deletes.name)=true, or name another container."
        )
    }
}
