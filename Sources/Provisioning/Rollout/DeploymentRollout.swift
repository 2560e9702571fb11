package import BackupDomain
import Deployment

/// Makes a deployment and follows it to its end.
package struct DeploymentRollout: Sendable {
    /// The longest that a deployment is followed.
    private static let patience = Duration.seconds(3 * 3600)

    private let resources: any ResourcePlane
    private let clock: any WallClock
    private let notify: @Sendable (DeploymentProgress) async -> Void

    /// Creates a rollout.
    ///
    /// - Parameters:
    ///   - resources: Azure Resource Manager.
    ///   - clock: The time.
    ///   - notify: Told of each step.
    package init(
        resources: any ResourcePlane,
        clock: any WallClock,
        notify: @escaping @Sendable (DeploymentProgress) async -> Void
    ) {
        self.resources = resources
        self.clock = clock
        self.notify = notify
    }

    /// Deploys.
    ///
    /// - Parameter proposal: What is deployed.
    /// - Returns: The deployment as it ended well.
    /// - Throws: ``BackupDomain/BackupError`` with code `deploymentFailed`, which names the resource, Azure's message and what
    ///   is there now.
    package func deploy(_ proposal: DeploymentProposal) async throws -> EarlierDeployment {
        let version = ResourceTypes.deployments.apiVersion
        let path = proposal.place.deployment
        let answer = try await self.resources.send(.put, path, apiVersion: version, body: try proposal.body)
        guard answer.isSuccess else { throw answer.refusal("deploying into \(proposal.place.resourceGroup)") }
        await self.notify(.accepted)
        let deadline = self.clock.uptime + Self.patience
        var told: Set<String> = []
        while self.clock.uptime < deadline {
            let operations = try await DeploymentOperations(resources: self.resources).all(of: path)
            for operation in operations where operation.succeeded && told.insert(operation.target).inserted {
                await self.notify(.made(operation.title))
            }
            if let deployment = try await EarlierDeployment.read(proposal.place, by: self.resources),
                deployment.hasEnded
            {
                guard deployment.succeeded else {
                    let ended = try await DeploymentOperations(resources: self.resources).all(of: path)
                    throw Self.failure(of: deployment, proposal, ended)
                }
                await self.notify(.deployed)
                return deployment
            }
            try await self.clock.sleep(for: answer.retryAfter ?? .seconds(5))
        }
        throw BackupError(
            .notSeenToTheEnd,
            "The deployment \(proposal.place.name) still goes on after \(Self.patience.components.seconds / 3600) hours.",
            remedy:
                "Follow it in the portal under Deployments of \(proposal.place.resourceGroup); then deploy again, which "
                + "changes nothing that is there."
        )
    }

    private static func failure(
        of deployment: EarlierDeployment,
        _ proposal: DeploymentProposal,
        _ operations: [DeploymentOperation]
    ) -> BackupError {
        let failed = operations.filter(\.failed)
        let there = Set(operations.filter { $0.succeeded && !$0.isRead }.map(\.title)).sorted()
        let what = failed.map { operation in
            let reason = [operation.code, operation.message].compactMap(\.self).joined(separator: ": ")
            return "\(operation.title): \(reason.hasSuffix(".") ? String(reason.dropLast()) : reason)"
        }
        let place = proposal.place
        return BackupError(
            .deploymentFailed,
            "The deployment \(place.name) failed"
                + (what.isEmpty ? ": \(Self.message(deployment))." : " at \(what.joined(separator: ";\n  and at ")).")
                + (there.isEmpty
                    ? " Nothing was made." : "\n  There now:\n\(there.map { "    \($0)" }.joined(separator: "\n"))"),
            remedy:
                "Mend what Azure names and deploy again: it goes on from what is there. Or take it away: apim-backup "
                + "undeploy \(place.options)--resource-group '\(place.resourceGroup)'."
        )
    }

    private static func message(_ deployment: EarlierDeployment) -> String {
        var error = deployment.error
        // The innermost reason is the one that tells something.
        while let inner = error?["details"]?.array?.first { error = inner["error"] ?? inner }
        return [error?["code"]?.string, error?["message"]?.string].compactMap(\.self).joined(separator: ": ")
    }
}
