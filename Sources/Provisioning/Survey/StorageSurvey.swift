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
        try await self.lookAtWriter(&proposal)
        var problems: [BackupError] = []
        if let problem = try await self.protection(of: .backups, &proposal) { problems.append(problem) }
        if proposal.host.keepsRecords, let problem = try await self.protection(of: .catalog, &proposal) {
            problems.append(problem)
        }
        return problems
    }

    /// Leaves API Management's own role where somebody assigned it under another name: Azure takes no second one.
    ///
    /// Source: <https://learn.microsoft.com/azure/role-based-access-control/role-assignments-template> (409
    /// `RoleAssignmentExists`)
    func lookAtWriter(_ proposal: inout DeploymentProposal) async throws {
        guard let writer = proposal.writer,
            let permission = proposal.permissions.first(where: { $0.holder == .apiManagement })
        else { return }
        let scope = proposal.scope(of: permission.place)
        let found = try await RoleHolding(resources: self.resources).assignment(
            of: permission.role.builtInID ?? "",
            to: writer,
            on: scope
        )
        guard let found else { return }
        let isOurs = proposal.earlier?.resources.contains { $0.lowercased() == found.lowercased() } ?? false
        guard !isOurs else { return }
        proposal.arguments.set(BackupInputs.assignsWriterRole, .boolean(false))
        proposal.notes.append(
            "API Management already has \(permission.role.rawValue) by \(ShortID.title(of: found)), which is not of this "
                + "deployment; it is left as it is."
        )
    }

    /// Looks what protects a container.
    ///
    /// Source: <https://learn.microsoft.com/rest/api/storagerp/blob-containers/get>
    private func protection(
        of place: Permission.Place,
        _ proposal: inout DeploymentProposal
    ) async throws -> BackupError? {
        let version = ResourceTypes.containers.apiVersion
        let path = proposal.scope(of: place)
        let answer = try await self.resources.send(.get, path, apiVersion: version, body: nil)
        guard answer.status == 200, let properties = answer.document?["properties"] else { return nil }
        let isProtected = ["hasImmutabilityPolicy", "hasLegalHold"].filter { properties[$0] == .boolean(true) }
        guard !isProtected.isEmpty else { return nil }
        let name = path.split(separator: "/").last.map(String.init) ?? path
        let why = isProtected.contains("hasLegalHold") ? "a legal hold" : "an immutability policy"
        if place == .catalog {
            return BackupError(
                .blobProtected,
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
            .blobProtected,
            "The container \(name) is under \(why), and the job is to delete backups there.",
            remedy: "Leave out --set \(proposal.host.deletes.name)=true, or name another container."
        )
    }
}
