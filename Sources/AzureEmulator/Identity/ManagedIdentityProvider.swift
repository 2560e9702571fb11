import EmulatorRuntime
import HTTPTypes

/// The provider of user-assigned identities.
///
/// Source: "User Assigned Identities", Managed Identity, API version 2023-01-31.
struct ManagedIdentityProvider: ResourceProvider {
    let namespace = "Microsoft.ManagedIdentity"
    let resourceTypes = ["userAssignedIdentities"]
    private let read = "Microsoft.ManagedIdentity/userAssignedIdentities/read"

    func resources(in state: CloudState) -> [ListedResource] {
        state.world.userAssignedIdentities.map { identity in
            ListedResource(
                id: identity.id,
                name: identity.name,
                type: "Microsoft.ManagedIdentity/userAssignedIdentities",
                location: identity.location,
                tags: identity.tags
            )
        }
    }

    func respond(to call: ManagementCall) throws -> EmulatedResponse {
        guard call.path.part(0) == "userassignedidentities", call.path.rest.count <= 2 else {
            throw ManagementError.unknownType(call.path.rest[0], namespace: self.namespace, version: call.version)
        }
        guard call.request.method == .get || call.request.method == .head else {
            throw ManagementError.methodNotAllowed(call.request.method)
        }
        return try call.cloud.read { state, now in
            let scope = call.path.resourceScope ?? call.path.scope
            try call.require(self.read, at: scope, in: state, now: now)
            guard call.path.rest.count == 2 else {
                let identities = state.world.userAssignedIdentities.filter { scope.contains($0.id) }
                return call.page(
                    identities.map { self.json($0, tenant: state.world.tenantID) },
                    size: state.world.rules.pageSize
                )
            }
            guard let identity = state.userAssignedIdentity(scope) else {
                throw ManagementError.resourceNotFound(
                    "Microsoft.ManagedIdentity/userAssignedIdentities",
                    name: call.path.rest[1],
                    group: scope.groupName ?? ""
                )
            }
            return .json(self.json(identity, tenant: state.world.tenantID))
        }
    }

    private func json(_ identity: UserAssignedIdentity, tenant: String) -> JSON {
        [
            "id": .string(identity.id.path), "name": .string(identity.name),
            "type": "Microsoft.ManagedIdentity/userAssignedIdentities", "location": .string(identity.location),
            "tags": .tags(identity.tags),
            "properties": [
                "tenantId": .string(tenant), "principalId": .string(identity.principalID),
                "clientId": .string(identity.clientID),
            ],
        ]
    }
}
