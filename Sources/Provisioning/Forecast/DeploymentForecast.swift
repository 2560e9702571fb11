package import BackupDomain
import Deployment

/// What a deployment would do.
package struct DeploymentForecast: Sendable {
    /// How many roles are looked for at once.
    private static let width = 8

    /// The changes by Azure's forecast, without what is none of the template's.
    package var changes: [ForecastChange]
    /// The roles that are still to be assigned.
    package var grants: [PlannedGrant]
    /// What the earlier deployment made and this one has no use for.
    package var superseded: SupersededResources
    /// Whether the settings that travel with a job for many instances are not yet there as they are wanted.
    package var settingsDiffer: Bool
    /// Whether everything is there as it is wanted.
    package var changesNothing: Bool

    /// Asks Azure what a deployment would do.
    ///
    /// - Parameters:
    ///   - proposal: What would be deployed.
    ///   - resources: Azure Resource Manager.
    ///   - clock: The time.
    /// - Returns: The forecast.
    /// - Throws: ``BackupDomain/BackupError``
    package static func ask(
        _ proposal: DeploymentProposal,
        _ resources: any ResourcePlane,
        _ clock: any WallClock
    ) async throws -> DeploymentForecast {
        let version = ResourceTypes.deployments.apiVersion
        let path = "\(proposal.place.deployment)/whatIf"
        var answer = try await resources.send(.post, path, apiVersion: version, body: try proposal.body)
        if answer.status == 202 { answer = try await Following(resources: resources, clock: clock).end(of: answer) }
        guard answer.isSuccess, let document = answer.document, document["error"]?.object == nil else {
            throw answer.refusal("asking what the deployment would change")
        }
        let found = (document["properties"]?["changes"]?.array ?? document["changes"]?.array ?? [])
            .compactMap(ForecastChange.init)
        let changes = found.filter { $0.kind != .ignore && $0.kind != .unsupported }
        let ignored = Set(found.filter { $0.kind == .ignore }.map { $0.id.lowercased() })
        let superseded = try await SupersededSearch(resources: resources, clock: clock).find(proposal, ignored: ignored)
        let missing = try await Self.missing(proposal, resources)
        let settingsDiffer = try await Self.differ(proposal, resources)
        let isThere = proposal.earlier?.succeeded == true && !proposal.instances.contains(where: \.enablesIdentity)
        return DeploymentForecast(
            changes: changes,
            grants: missing,
            superseded: superseded,
            settingsDiffer: settingsDiffer,
            changesNothing: isThere && missing.isEmpty && superseded.all.isEmpty && !settingsDiffer
                && !changes.contains(where: \.isChange)
                && Self.isGivenTheSame(proposal)
        )
    }

    private static func differ(_ proposal: DeploymentProposal, _ resources: any ResourcePlane) async throws -> Bool {
        guard let settings = proposal.settings else { return false }
        guard let job = proposal.earlier?.outputs["jobId"] else { return true }
        return try await !JobSecrets(resources: resources).are(of: job, settings.jobSecrets)
    }

    /// Whether the earlier deployment was given the same: what Azure cannot forecast depends on that.
    private static func isGivenTheSame(_ proposal: DeploymentProposal) -> Bool {
        guard let earlier = proposal.earlier, let wanted = try? JSONValue.parsed(proposal.arguments.value).object else {
            return false
        }
        return wanted.allSatisfy { name, value in earlier.parameters[name] == value["value"] }
    }

    /// The roles of Azure's own that nobody holds yet; those of ours are new with their definitions.
    private static func missing(
        _ proposal: DeploymentProposal,
        _ resources: any ResourcePlane
    ) async throws -> [PlannedGrant] {
        try await proposal.grants.filter { !$0.isLeft }.map(width: Self.width) { grant -> PlannedGrant? in
            guard let holder = grant.holder else { return grant }
            guard let role = grant.permission.role.builtInID else { return nil }
            let held = try await RoleHolding(resources: resources).assignment(of: role, to: holder, on: grant.scope)
            return held == nil ? grant : nil
        }.compactMap(\.self)
    }
}
