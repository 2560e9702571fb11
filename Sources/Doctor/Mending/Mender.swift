package import BackupDomain
import Provisioning

/// Does what the doctor can mend by itself.
package struct Mender: Sendable {
    private let plane: any ManagementPlane
    private let resources: any ResourcePlane
    private let blobs: any BlobStorage
    private let clock: any WallClock

    /// Creates a mender.
    ///
    /// - Parameters:
    ///   - plane: Azure Resource Manager, for the instance.
    ///   - resources: Azure Resource Manager, for everything else.
    ///   - blobs: The account's blob service.
    ///   - clock: The time.
    package init(
        plane: any ManagementPlane,
        resources: any ResourcePlane,
        blobs: any BlobStorage,
        clock: any WallClock
    ) {
        self.plane = plane
        self.resources = resources
        self.blobs = blobs
        self.clock = clock
    }

    /// Mends one thing.
    ///
    /// - Parameter fix: What.
    /// - Throws: ``BackupDomain/BackupError`` where Azure does not let us.
    package func mend(_ fix: Fix) async throws {
        switch fix {
        case .createContainer(_, let name, nil): try await self.blobs.createContainer(name)
        case .createContainer(_, let name, let id?):
            try await self.send(.put, id, apiVersion: "2023-05-01", Self.privacy, "making the container \(name)")
        case .makePrivate(let container):
            let what = "closing the container to the public"
            try await self.send(.patch, container, apiVersion: "2023-05-01", Self.privacy, what)
        case .enableIdentity(let id, _):
            let instance = try await self.plane.instance(id).instance
            let change = InstanceIdentityChange(plane: self.plane, resources: self.resources, clock: self.clock)
            _ = try await change.enable(on: instance)
        case .assignRole(let role): try await self.assign(role)
        }
    }

    /// The body that makes a container a private one.
    ///
    /// Source: <https://learn.microsoft.com/rest/api/storagerp/blob-containers/create>
    private static let privacy = JSONValue.object(["properties": .object(["publicAccess": .string("None")])])

    /// Gives somebody a role.
    ///
    /// Source: <https://learn.microsoft.com/rest/api/authorization/role-assignments/create>
    private func assign(_ role: MissingRole) async throws {
        let subscription = role.scope.split(separator: "/").dropFirst().first.map(String.init) ?? ""
        var properties: [String: JSONValue] = [
            "roleDefinitionId": .string(
                "/subscriptions/\(subscription)/providers/Microsoft.Authorization/roleDefinitions/\(role.roleID)"
            ),
            "principalId": .string(role.principal),
        ]
        if let type = role.principalType { properties["principalType"] = .string(type) }
        try await self.send(
            .put,
            "\(role.scope)/providers/Microsoft.Authorization/roleAssignments/\(role.assignmentName)",
            apiVersion: "2022-04-01",
            .object(["properties": .object(properties)]),
            "assigning \(role.roleName)"
        )
    }

    private func send(
        _ method: ResourceMethod,
        _ path: String,
        apiVersion: String,
        _ body: JSONValue,
        _ what: String
    ) async throws {
        let answer = try await self.resources.send(method, path, apiVersion: apiVersion, body: body)
        // Somebody else may have assigned the very same role meanwhile.
        guard !(200...299).contains(answer.status), answer.code != "RoleAssignmentExists" else { return }
        throw BackupError(
            answer.status == 403 ? .permissionDenied : .azureError,
            "Azure does not let this identity do this: \(what).",
            remedy: "Have somebody do it who may; the command stands with the finding.",
            azure: answer.fault
        )
    }
}
