import EmulatorRuntime
import Foundation
import HTTPTypes
import Testing

@testable import AzureEmulator

/// A world with an owner of the subscription and a deployer who is less, for deployments to the built-in group.
struct DeploymentFixture {
    let emulated: Emulated
    let group: String

    static let owner = Principal(
        objectID: "99999999-0000-4000-8000-000000000001",
        clientID: "99999999-0000-4000-8000-000000000002",
        tenantID: World.builtIn.tenantID
    )
    static let contributor = Principal(
        objectID: "99999999-0000-4000-8000-000000000003",
        clientID: "99999999-0000-4000-8000-000000000004",
        tenantID: World.builtIn.tenantID
    )

    init(
        _ change: (inout World) -> Void = { _ in },
        clock: ManualEmulatorClock = ManualEmulatorClock(),
        state: String? = nil,
        faults: [FaultRule] = []
    ) throws {
        var world = World.builtIn
        let subscription = world.subscriptions[0].scope
        world.resourceGroups.append(
            ResourceGroup(subscriptionID: world.subscriptions[0].id, name: "rg-other", location: "northeurope")
        )
        world.roleAssignments += [
            World.assignment(Self.owner.objectID, BuiltInRoles.owner, at: subscription),
            World.assignment(Self.contributor.objectID, BuiltInRoles.contributor, at: subscription),
        ]
        change(&world)
        self.emulated = try Emulated(world, clock: clock, state: state, faults: faults)
        self.group = "\(subscription.path)/resourceGroups/rg-apim"
    }

    static func template(
        parameters: JSON = [:],
        variables: JSON = [:],
        resources: JSON = [],
        outputs: JSON = [:]
    ) -> JSON {
        [
            "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
            "contentVersion": "1.0.0.0", "parameters": parameters, "variables": variables, "resources": resources,
            "outputs": outputs,
        ]
    }

    static func container(_ name: String, _ more: JSON = [:]) -> JSON {
        var json: JSON = [
            "type": "Microsoft.Storage/storageAccounts/blobServices/containers", "apiVersion": "2023-05-01",
            "name": .string("contosobackups/default/\(name)"), "properties": ["publicAccess": "None"],
        ]
        for member in more.object ?? [] { json[member.name] = member.value }
        return json
    }

    func path(_ name: String = "d", in group: String = "rg-apim") -> String {
        "\(World.builtIn.subscriptions[0].scope.path)/resourceGroups/\(group)/providers/Microsoft.Resources/deployments/\(name)"
    }

    func send(
        _ template: JSON,
        method: HTTPRequest.Method = .put,
        parameters: JSON = [:],
        action: String = "",
        mode: String = "Incremental",
        name: String = "d",
        as caller: Principal = Self.owner
    ) async throws -> Answer {
        let body: JSON = [
            "properties": ["mode": .string(mode), "template": template, "parameters": parameters]
        ]
        return try await self.emulated.manage(method, self.path(name) + action, body: body, as: caller)
    }

    /// Deploys, and follows the deployment to its end.
    func deploy(
        _ template: JSON,
        parameters: JSON = [:],
        name: String = "d",
        as caller: Principal = Self.owner
    ) async throws -> JSON {
        let accepted = try await self.send(template, parameters: parameters, name: name, as: caller)
        guard [200, 201].contains(accepted.status) else { return accepted.body }
        return try await self.get(self.path(name), as: caller).body
    }

    func get(_ path: String, as caller: Principal = Self.owner) async throws -> Answer {
        try await self.emulated.manage(.get, path, as: caller)
    }

    /// What became of each resource: its name, and `Succeeded` or the code of the error.
    func operations(_ name: String = "d") async throws -> [String: String] {
        let answer = try await self.get(self.path(name) + "/operations")
        var result: [String: String] = [:]
        for operation in answer.body["value"]?.array ?? [] {
            let properties = operation["properties"] ?? [:]
            let name = properties.member(at: "targetResource", "resourceName")?.string ?? ""
            result[name] =
                properties.member(at: "statusMessage", "error", "code")?.string
                ?? properties["provisioningState"]?.string
        }
        return result
    }
}
