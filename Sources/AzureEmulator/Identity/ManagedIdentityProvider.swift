import EmulatorRuntime
import Foundation
import HTTPTypes

/// The provider of user-assigned identities.
///
/// Source: "User Assigned Identities", Managed Identity, API version 2023-01-31.
struct ManagedIdentityProvider: ResourceProvider {
    let namespace = "Microsoft.ManagedIdentity"
    let resourceTypes = ["userAssignedIdentities"]
    private let type = "Microsoft.ManagedIdentity/userAssignedIdentities"

    func resources(in state: CloudState) -> [ListedResource] {
        state.userAssignedIdentities.values.map { identity in
            ListedResource(
                id: identity.id,
                name: identity.name,
                type: self.type,
                location: identity.location,
                tags: identity.tags
            )
        }
    }

    func respond(to call: ManagementCall) throws -> EmulatedResponse {
        guard call.path.part(0) == "userassignedidentities", call.path.rest.count <= 2 else {
            throw ManagementError.unknownType(call.path.type, namespace: self.namespace, version: call.version)
        }
        switch (call.path.rest.count, call.request.method) {
        case (1, .get): return try self.list(call)
        case (2, .get), (2, .head): return try self.show(call)
        case (2, .put), (2, .patch): return try self.write(call)
        case (2, .delete): return try self.remove(call)
        default: throw ManagementError.methodNotAllowed(call.request.method)
        }
    }

    private func list(_ call: ManagementCall) throws -> EmulatedResponse {
        try call.cloud.read { state, now in
            try call.require("\(self.type)/read", at: call.path.scope, in: state, now: now)
            let identities = state.userAssignedIdentities.values.filter { call.path.scope.contains($0.id) }
            return call.page(
                identities.sorted { $0.id.path < $1.id.path }.map { self.json($0, tenant: state.world.tenantID) },
                size: state.world.rules.pageSize
            )
        }
    }

    private func show(_ call: ManagementCall) throws -> EmulatedResponse {
        try call.cloud.read { state, now in
            let scope = call.path.resourceScope ?? call.path.scope
            try call.require("\(self.type)/read", at: scope, in: state, now: now)
            guard let identity = state.userAssignedIdentity(scope) else { throw self.missing(call) }
            return .json(self.json(identity, tenant: state.world.tenantID))
        }
    }

    private func missing(_ call: ManagementCall) -> ManagementError {
        .resourceNotFound(self.type, name: call.path.rest[1], group: call.path.scope.groupName ?? "")
    }

    private func write(_ call: ManagementCall) throws -> EmulatedResponse {
        let body = try call.body()
        let scope = call.path.resourceScope ?? call.path.scope
        let (client, principal) = (call.cloud.identifiers.nextText(), call.cloud.identifiers.nextText())
        let (identity, isNew) = try call.cloud.change { state, now in
            try call.require("\(self.type)/write", at: scope, in: state, now: now)
            guard state.resourceGroups[call.path.scope] != nil else {
                throw ManagementError.groupNotFound(call.path.scope.groupName ?? "")
            }
            let old = state.userAssignedIdentity(scope)
            if old == nil, call.request.method == .patch { throw self.missing(call) }
            let location = body["location"]?.string ?? old?.location
            guard let location, !location.isEmpty else { throw ManagementError.locationRequired() }
            var identity =
                old
                ?? UserAssignedIdentity(
                    id: scope,
                    name: call.path.rest[1],
                    location: RegionName.short(location),
                    clientID: client,
                    principalID: principal
                )
            if let tags = body["tags"] { identity.tags = try .read(tags, or: .invalidContent("tags must be strings")) }
            return ([.userAssignedIdentity(identity)], (identity, old == nil))
        }
        let tenant = call.cloud.read { state, _ in state.world.tenantID }
        return .json(self.json(identity, tenant: tenant), status: isNew ? .created : .ok)
    }

    private func remove(_ call: ManagementCall) throws -> EmulatedResponse {
        let scope = call.path.resourceScope ?? call.path.scope
        let wasThere = try call.cloud.change { state, now in
            try call.require("\(self.type)/delete", at: scope, in: state, now: now)
            guard state.userAssignedIdentity(scope) != nil else { return ([], false) }
            return ([.userAssignedIdentityRemoved(scope)] + state.removal(of: scope), true)
        }
        return EmulatedResponse(status: wasThere ? .ok : .noContent)
    }

    private func json(_ identity: UserAssignedIdentity, tenant: String) -> JSON {
        [
            "id": .string(identity.id.path), "name": .string(identity.name), "type": .string(self.type),
            "location": .string(identity.location), "tags": .tags(identity.tags),
            "properties": [
                "tenantId": .string(tenant), "principalId": .string(identity.principalID),
                "clientId": .string(identity.clientID),
            ],
        ]
    }
}
