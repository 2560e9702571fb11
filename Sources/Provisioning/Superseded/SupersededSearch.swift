import BackupDomain
import Deployment

/// Finds what an earlier deployment made and the next one has no use for.
struct SupersededSearch {
    /// How many resources are read at once.
    private static let width = 8

    /// What is superseded where the template names it no longer: what alarms, what runs, and what those need.
    private static let kinds: [ResourceTypes] = [
        .queryAlerts, .metricAlerts, .jobs, .workflows, .environments, .identities, .workspaces, .actionGroups,
    ]

    let resources: any ResourcePlane
    let removal: DeploymentRemoval

    /// Creates a search.
    init(resources: any ResourcePlane, clock: any WallClock) {
        self.resources = resources
        self.removal = DeploymentRemoval(resources: resources, clock: clock)
    }

    /// Looks at everything that the earlier deployment made.
    ///
    /// - Parameters:
    ///   - proposal: What would be deployed.
    ///   - ignored: The ids, in lower case, of what Azure's forecast leaves as it is since the template does not name it.
    /// - Returns: What the proposal has no use for, in the order of removal.
    /// - Throws: ``BackupDomain/BackupError``
    func find(_ proposal: DeploymentProposal, ignored: Set<String>) async throws -> SupersededResources {
        guard let earlier = proposal.earlier else { return SupersededResources() }
        let made = self.removal.resources(of: earlier)
        let (needed, formerJob) = (proposal.needed, earlier.principal(ofOtherThan: proposal.host))
        let roles = try await made.filter { ResourceTypes(of: $0) == .roleAssignments }
            .map(width: Self.width) { try await self.assigned($0) }.compactMap(\.self)
            .filter { !$0.isNeeded(by: needed, formerJob: formerJob) }
        let definitions = try await made.filter { ResourceTypes(of: $0) == .roleDefinitions }
            .map(width: Self.width) { try await self.defined($0) }.compactMap(\.self)
            .filter { !$0.isNeeded(by: needed) }
        let others = made.filter { id in
            ResourceTypes(of: id).map(Self.kinds.contains) ?? false && ignored.contains(id.lowercased())
        }
        let gone = Set(roles.map(\.id) + definitions.map(\.id) + others)
        let dropped = roles.filter { !$0.isReplaced(by: needed, formerJob: formerJob) }.map(\.id)
        return SupersededResources(
            dropped: dropped,
            replaced: made.filter { gone.contains($0) && !dropped.contains($0) }
        )
    }

    /// Reads an assignment; nil where it is gone already, or may not be read.
    private func assigned(_ id: String) async throws -> AssignedRole? {
        guard let properties = try await self.properties(of: id, .roleAssignments) else { return nil }
        let definition = properties["roleDefinitionId"]?.string ?? ""
        return AssignedRole(
            id: id,
            scope: properties["scope"]?.string ?? "",
            principal: properties["principalId"]?.string ?? "",
            role: try await self.role(definition)
        )
    }

    private func role(_ definition: String) async throws -> Role? {
        let builtIn = Role.allCases.first { role in
            role.builtInID.map { definition.lowercased().hasSuffix("/\($0)") } ?? false
        }
        if let builtIn { return builtIn }
        return try await self.defined(definition)?.role
    }

    /// Reads a role of ours; nil where it is gone already, or may not be read.
    private func defined(_ id: String) async throws -> DefinedRole? {
        guard let properties = try await self.properties(of: id, .roleDefinitions) else { return nil }
        return DefinedRole(id: id, properties)
    }

    private func properties(of id: String, _ type: ResourceTypes) async throws -> JSONValue? {
        let answer = try await self.resources.send(.get, id, apiVersion: type.apiVersion, body: nil)
        switch answer.status {
        case 200: return answer.document?["properties"]
        case 403, 404: return nil
        default: throw answer.refusal("reading \(ShortID.title(of: id))")
        }
    }
}
