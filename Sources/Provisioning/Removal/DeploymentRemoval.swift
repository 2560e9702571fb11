package import BackupDomain
import Deployment

/// Takes away what a deployment made, and no backup.
package struct DeploymentRemoval: Sendable {
    /// What is taken away, in this order: what alarms and runs before what it needs, and rights as soon as nothing uses them.
    private static let order: [ResourceTypes] = [
        .queryAlerts, .metricAlerts, .jobs, .workflows, .roleAssignments, .roleDefinitions, .diagnosticSettings,
        .environments, .identities, .workspaces, .actionGroups,
    ]

    /// The longest that one deletion is followed.
    private static let patience = Duration.seconds(1800)

    private let resources: any ResourcePlane
    private let clock: any WallClock

    /// Creates a removal.
    package init(resources: any ResourcePlane, clock: any WallClock) {
        self.resources = resources
        self.clock = clock
    }

    /// What would be taken away: of what the deployment made, all but containers, in the order of removal.
    ///
    /// - Parameter deployment: The deployment.
    /// - Returns: The ids.
    package func resources(of deployment: EarlierDeployment) -> [String] {
        Self.order.flatMap { type in
            deployment.resources.filter { ResourceTypes(of: $0) == type }.sorted()
        }
    }

    /// What would stay of what the deployment made.
    ///
    /// - Parameter deployment: The deployment.
    /// - Returns: The ids: containers, with the backups and records in them.
    package func kept(of deployment: EarlierDeployment) -> [String] {
        let removed = Set(self.resources(of: deployment))
        return deployment.resources.filter { !removed.contains($0) }.sorted()
    }

    /// Deletes a resource and waits until it is gone; one that is gone already is no mistake.
    ///
    /// - Parameter id: The resource's id.
    /// - Throws: ``BackupDomain/BackupError``
    package func remove(_ id: String) async throws {
        guard let type = ResourceTypes(of: id) else { return }
        let deadline = self.clock.uptime + Self.patience
        while true {
            let answer = try await self.resources.send(.delete, id, apiVersion: type.apiVersion, body: nil)
            switch answer.status {
            case 404: return
            case 202: break
            case 200...299: return
            default: throw answer.refusal("deleting \(id)")
            }
            while self.clock.uptime < deadline {
                try await self.clock.sleep(for: answer.retryAfter ?? .seconds(5))
                let seen = try await self.resources.send(.get, id, apiVersion: type.apiVersion, body: nil)
                if seen.status == 404 { return }
            }
            throw BackupError(
                .notSeenToTheEnd,
                "\(id) is still there after half an hour.",
                remedy: "Run undeploy again later."
            )
        }
    }

    /// Forgets the deployment itself, with the nested ones, so that it stands in no list.
    ///
    /// - Parameter place: The deployment's place.
    /// - Throws: ``BackupDomain/BackupError``
    package func forget(_ place: DeploymentPlace) async throws {
        let version = ResourceTypes.deployments.apiVersion
        let answer = try await self.resources.send(.delete, place.deployment, apiVersion: version, body: nil)
        guard answer.isSuccess || answer.status == 404 else {
            throw answer.refusal("deleting the deployment \(place.name)")
        }
        try await DeploymentHandover(resources: self.resources).end(at: place)
    }
}
