import EmulatorRuntime
import Foundation
import HTTPTypes

/// The API Management resource provider, as far as whole instances go.
///
/// Source: `apimdeployment.json` of the specification, API version 2024-05-01.
struct ApiManagementProvider: ResourceProvider {
    let namespace = "Microsoft.ApiManagement"
    let resourceTypes = ["service", "deletedServices", "locations/deletedServices"]

    func resources(in state: CloudState) -> [ListedResource] {
        state.instances.values.map { instance in
            ListedResource(
                id: instance.id,
                name: instance.name,
                type: "Microsoft.ApiManagement/service",
                location: RegionName.short(instance.location),
                tags: instance.tags,
                sku: ["name": .string(instance.tier.rawValue), "capacity": .number(String(instance.capacity))],
                identity: InstanceView(state: state).identity(of: instance)
            )
        }
    }

    func respond(to call: ManagementCall) throws -> EmulatedResponse {
        let path = call.path
        if path.part(0) != "service" { return try self.deletedServices(call) }
        switch (path.rest.count, path.part(2), call.request.method) {
        case (1, _, .get): return try self.list(call)
        case (2, _, .get), (2, _, .head): return try self.get(call)
        case (2, _, .patch): return try InstanceUpdate(call: call).response()
        case (2, _, .put): return try InstanceCreation(call: call).response()
        case (2, _, .delete): return try InstanceDeletion(call: call).response()
        case (3, "backup"?, .post): return try OperationStart(call: call, kind: .backup).response()
        case (3, "restore"?, .post): return try OperationStart(call: call, kind: .restore).response()
        case (4, "operationresults"?, .get): return try OperationPoll(call: call).response()
        case (1, _, _), (2, _, _), (3, "backup"?, _), (3, "restore"?, _), (4, "operationresults"?, _):
            throw ManagementError.methodNotAllowed(call.request.method)
        default: throw self.unknown(call)
        }
    }

    private func deletedServices(_ call: ManagementCall) throws -> EmulatedResponse {
        let path = call.path
        let isOfSubscription = path.scope.segments.count == 2 && path.scope.subscriptionID != nil
        guard isOfSubscription, path.part(0) == "deletedservices" || path.part(2) == "deletedservices" else {
            throw self.unknown(call)
        }
        switch (path.part(0), path.rest.count, call.request.method) {
        case ("deletedservices"?, 1, .get): return try DeletedServices(call: call).list()
        case ("locations"?, 4, .get): return try DeletedServices(call: call).show()
        case ("locations"?, 4, .delete): return try DeletedServices(call: call).purge()
        case ("locations"?, 6, .get) where path.part(4) == "operationresults":
            return try DeletedServices(call: call).poll()
        case ("deletedservices"?, 1, _), ("locations"?, 4, _):
            throw ManagementError.methodNotAllowed(call.request.method)
        default: throw self.unknown(call)
        }
    }

    private func unknown(_ call: ManagementCall) -> ManagementError {
        let types = stride(from: 0, to: call.path.rest.count, by: 2).map { call.path.rest[$0] }
        return .unknownType(types.joined(separator: "/"), namespace: self.namespace, version: call.version)
    }

    private func list(_ call: ManagementCall) throws -> EmulatedResponse {
        try call.cloud.read { state, now in
            // Unlike the list of resources, a provider's list needs the right on the whole scope.
            try call.require("Microsoft.ApiManagement/service/read", at: call.path.scope, in: state, now: now)
            if let group = call.path.scope.groupName,
                !state.world.resourceGroups.contains(where: { $0.scope == call.path.scope })
            {
                throw ManagementError.groupNotFound(group)
            }
            let instances = state.instances.values.filter { call.path.scope.contains($0.id) }
                .sorted { $0.id.path < $1.id.path }
            return call.page(instances.map { InstanceView(state: state).json($0) }, size: state.world.rules.pageSize)
        }
    }

    private func get(_ call: ManagementCall) throws -> EmulatedResponse {
        try call.cloud.read { state, now in
            let instance = try call.instance(for: "Microsoft.ApiManagement/service/read", in: state, now: now)
            return .json(InstanceView(state: state).json(instance))
        }
    }
}

extension ManagementCall {
    /// The instance that the path names, once the caller is found to be allowed the action on it.
    func instance(for action: String, in state: CloudState, now: Date) throws(ManagementError) -> ApiManagementInstance
    {
        guard let scope = self.path.resourceScope, let group = scope.groupName else {
            throw .unknownNamespace(self.path.namespace ?? "")
        }
        try self.require(action, at: scope, in: state, now: now)
        guard state.world.resourceGroups.contains(where: { $0.scope == self.path.scope }) else {
            throw .groupNotFound(group)
        }
        guard let instance = state.instances[scope] else {
            throw .resourceNotFound("Microsoft.ApiManagement/service", name: self.path.rest[1], group: group)
        }
        if let oldest = instance.minAPIVersion, self.version < oldest {
            // Azure's code and words for this are not known.
            throw ManagementError(
                status: .badRequest,
                code: "InvalidApiVersion",
                message: "The instance accepts API version '\(oldest)' or newer, not '\(self.version)'.",
                isFromProvider: true
            )
        }
        return instance
    }
}
