import EmulatorRuntime

/// The gateways of workspaces, as far as it can be seen to which instance they belong: `GET …/gateways` of a subscription, and
/// `GET …/gateways/NAME/configConnections`.
///
/// Source: "Api Gateway" and "Api Gateway Config Connection" of the specification, API version 2024-05-01.
struct WorkspaceGateways {
    let call: ManagementCall

    private func gateways(in state: CloudState) -> [(id: Scope, instance: ApiManagementInstance)] {
        state.instances.values.flatMap { instance in
            (instance.behaviour.workspaceGateways ?? []).map { name in
                // Subscription and resource group are the first four segments.
                let group = Scope("/" + instance.id.segments.prefix(4).joined(separator: "/"))
                return (group.appending("providers/Microsoft.ApiManagement/gateways/\(name)"), instance)
            }
        }.sorted { $0.id.path < $1.id.path }
    }

    private static func name(of scope: Scope) -> String { String(scope.segments.last ?? "") }

    /// The gateways of a subscription.
    func list() throws -> EmulatedResponse {
        try self.call.cloud.read { state, now in
            let scope = self.call.path.scope
            try self.call.require("Microsoft.ApiManagement/gateways/read", at: scope, in: state, now: now)
            let found = self.gateways(in: state).filter { scope.contains($0.id) }.map { gateway -> JSON in
                [
                    "id": .string(gateway.id.path), "name": .string(Self.name(of: gateway.id)),
                    "type": "Microsoft.ApiManagement/gateways", "location": .string(gateway.instance.location),
                    "sku": ["name": "WorkspaceGatewayPremium", "capacity": 1],
                    "properties": ["provisioningState": "Succeeded"],
                ]
            }
            return self.call.page(found, size: state.world.rules.pageSize)
        }
    }

    /// The workspaces that a gateway serves: one of its instance.
    func connections() throws -> EmulatedResponse {
        try self.call.cloud.read { state, now in
            let scope = self.call.path.scope.appending(
                "providers/Microsoft.ApiManagement/gateways/\(self.call.path.rest[1])"
            )
            let action = "Microsoft.ApiManagement/gateways/configConnections/read"
            try self.call.require(action, at: scope, in: state, now: now)
            guard let gateway = self.gateways(in: state).first(where: { $0.id == scope }) else {
                throw ManagementError.resourceNotFound(
                    "Microsoft.ApiManagement/gateways",
                    name: self.call.path.rest[1],
                    group: scope.groupName ?? ""
                )
            }
            let id = "\(scope.path)/configConnections/default"
            let connection: JSON = [
                "id": .string(id), "name": "default", "type": "Microsoft.ApiManagement/gateways/configConnections",
                "properties": [
                    "provisioningState": "Succeeded",
                    "sourceId": .string("\(gateway.instance.id.path)/workspaces/\(Self.name(of: scope))"),
                ],
            ]
            return self.call.page([connection], size: state.world.rules.pageSize)
        }
    }
}
