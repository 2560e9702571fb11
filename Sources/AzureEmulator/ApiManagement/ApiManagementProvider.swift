import EmulatorRuntime
import Foundation
import HTTPTypes

/// The API Management resource provider: instances, and what lies in them.
///
/// Source: `apimdeployment.json` and the other files of the specification, API version 2024-05-01.
struct ApiManagementProvider: ResourceProvider {
    let namespace = "Microsoft.ApiManagement"
    let resourceTypes = ["service", "gateways", "deletedServices", "locations/deletedServices"]

    func resources(in state: CloudState) -> [ListedResource] {
        state.instances.values.map { instance in
            ListedResource(
                id: instance.id,
                name: instance.name,
                type: "Microsoft.ApiManagement/service",
                location: RegionName.short(instance.location),
                tags: instance.tags,
                sku: ["name": .string(instance.tier.rawValue), "capacity": .number(String(instance.capacity))],
                identity: instance.identity.json(in: state)
            )
        }
    }

    func methods(for path: ManagementPath) -> [HTTPRequest.Method]? {
        if path.part(0) == "gateways" {
            return path.rest.count == 1 || path.rest.count == 3 && path.part(2) == "configconnections" ? [.get] : nil
        }
        guard path.part(0) == "service" else { return self.methodsForDeleted(path) }
        return switch (path.rest.count, path.part(2)) {
        case (1, _): [.get]
        case (2, _): [.get, .head, .put, .patch, .delete]
        case (3, "backup"?), (3, "restore"?): [.post]
        case (4, "operationresults"?): [.get]
        default: ContentPath(path.rest.dropFirst(2)).map(ContentRoutes.methods)
        }
    }

    private func methodsForDeleted(_ path: ManagementPath) -> [HTTPRequest.Method]? {
        let isOfSubscription = path.scope.segments.count == 2 && path.scope.subscriptionID != nil
        return switch (path.part(0), path.part(2), path.rest.count) {
        case _ where !isOfSubscription: nil
        case ("deletedservices"?, _, 1): [.get]
        case ("locations"?, "deletedservices"?, 4): [.get, .delete]
        case ("locations"?, "deletedservices"?, 6) where path.part(4) == "operationresults": [.get]
        default: nil
        }
    }

    /// Answers a call whose method ``methods(for:)`` has found good.
    func respond(to call: ManagementCall) throws -> EmulatedResponse {
        guard self.methods(for: call.path) != nil else { throw self.unknown(call) }
        if call.path.part(0) == "gateways" {
            let gateways = WorkspaceGateways(call: call)
            return try call.path.rest.count == 1 ? gateways.list() : gateways.connections()
        }
        if call.path.part(0) != "service" { return try self.deletedServices(call) }
        switch (call.path.rest.count, call.path.part(2), call.request.method) {
        case (1, _, _): return try self.list(call)
        case (2, _, .patch): return try InstanceUpdate(call: call).response()
        case (2, _, .put): return try InstanceCreation(call: call).response()
        case (2, _, .delete): return try InstanceDeletion(call: call).response()
        case (2, _, _): return try self.get(call)
        case (3, "backup"?, _): return try OperationStart(call: call, kind: .backup).response()
        case (3, "restore"?, _): return try OperationStart(call: call, kind: .restore).response()
        case (4, "operationresults"?, _): return try OperationPoll(call: call).response()
        default:
            guard let path = ContentPath(call.path.rest.dropFirst(2)) else { throw self.unknown(call) }
            return try ContentRoutes(call: call, path: path).response()
        }
    }

    private func deletedServices(_ call: ManagementCall) throws -> EmulatedResponse {
        let deleted = DeletedServices(call: call)
        return switch (call.path.rest.count, call.request.method) {
        case (1, _): try deleted.list()
        case (4, .delete): try deleted.purge()
        case (4, _): try deleted.show()
        default: try deleted.poll()
        }
    }

    private func unknown(_ call: ManagementCall) -> ManagementError {
        .unknownType(call.path.type, namespace: self.namespace, version: call.version)
    }

    private func list(_ call: ManagementCall) throws -> EmulatedResponse {
        try call.cloud.read { state, now in
            // Unlike the list of resources, a provider's list needs the right on the whole scope.
            try call.require("Microsoft.ApiManagement/service/read", at: call.path.scope, in: state, now: now)
            if let group = call.path.scope.groupName,
                state.resourceGroups[call.path.scope] == nil
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
        guard state.resourceGroups[self.path.scope] != nil else {
            throw .groupNotFound(group)
        }
        guard let instance = state.instances[scope] else {
            throw .resourceNotFound("Microsoft.ApiManagement/service", name: self.path.rest[1], group: group)
        }
        if let oldest = instance.minAPIVersion, let bound = APIVersion(oldest), let own = APIVersion(self.version),
            own < bound
        {
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
