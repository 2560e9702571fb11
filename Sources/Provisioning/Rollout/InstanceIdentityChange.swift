package import BackupDomain
import Deployment

/// Enables the system-assigned identity of an instance by changing nothing else of it.
///
/// A PUT would put back to its default whatever it does not name; a PATCH names the identity only.
///
/// Source: <https://learn.microsoft.com/rest/api/apimanagement/api-management-service/update>
package struct InstanceIdentityChange: Sendable {
    /// The longest that Azure may take for it.
    private static let patience = Duration.seconds(3600)

    private let plane: any ManagementPlane
    private let resources: any ResourcePlane
    private let clock: any WallClock

    /// Creates a change.
    package init(plane: any ManagementPlane, resources: any ResourcePlane, clock: any WallClock) {
        self.plane = plane
        self.resources = resources
        self.clock = clock
    }

    /// Enables the identity, and waits until the instance has it.
    ///
    /// - Parameter instance: The instance as it is; its user-assigned identities stay attached.
    /// - Returns: The instance as it is then.
    /// - Throws: ``BackupDomain/BackupError``
    package func enable(on instance: Instance) async throws -> Instance {
        var identity: [String: JSONValue] = ["type": .string("SystemAssigned")]
        if !instance.identity.userAssigned.isEmpty {
            identity["type"] = .string("SystemAssigned, UserAssigned")
            identity["userAssignedIdentities"] = .object(
                Dictionary(instance.identity.userAssigned.map { ($0.resourceID, .object([:])) }) { first, _ in first }
            )
        }
        let answer = try await self.resources.send(
            .patch,
            instance.id.text,
            apiVersion: ResourceTypes.instances.apiVersion,
            body: .object(["identity": .object(identity)])
        )
        guard answer.isSuccess else { throw answer.refusal("enabling the identity of \(instance.id.name)") }
        let deadline = self.clock.uptime + Self.patience
        while self.clock.uptime < deadline {
            let current = try await self.plane.instance(instance.id).instance
            if current.identity.systemPrincipalID != nil, !current.isBusy { return current }
            try await self.clock.sleep(for: .seconds(10))
        }
        throw BackupError(
            .timedOut,
            "\(instance.id.name) does not show its new identity after an hour.",
            remedy: "Look at the instance in the portal, then deploy again."
        )
    }
}
