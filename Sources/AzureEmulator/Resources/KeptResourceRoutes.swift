import EmulatorRuntime
import Foundation
import HTTPTypes

/// What can be asked of every resource that is kept as it was sent: put, change, show, list and delete it.
///
/// Source: "Resource provider contract" of the Resource Manager.
struct KeptResourceRoutes {
    let call: ManagementCall
    let namespace: String
    let kind: ResourceKind

    private var type: String { "\(self.namespace)/\(self.kind.type)" }
    private var scope: Scope { self.call.path.fullScope }

    /// Answers the call; nil where it is another one.
    func response() throws -> EmulatedResponse? {
        guard self.call.path.type.lowercased() == self.kind.type.lowercased() else { return nil }
        switch (self.call.path.rest.count % 2, self.call.request.method) {
        case (1, .get): return try self.list()
        case (0, .get), (0, .head): return try self.show()
        case (0, .put): return try self.put()
        case (0, .patch): return try self.patch()
        case (0, .delete): return try self.delete()
        default: throw ManagementError.methodNotAllowed(self.call.request.method)
        }
    }

    private func list() throws -> EmulatedResponse {
        let below = Scope(self.scope.segments.dropLast().joined(separator: "/"))
        let parent = self.call.path.rest.count == 1 ? self.call.path.scope : below
        return try self.call.cloud.read { state, now in
            try self.call.require("\(self.type)/read", at: parent, in: state, now: now)
            try self.checkGroup(in: state)
            let found = state.resources.values.filter { $0.type == self.type && parent.contains($0.id) }
            return self.call.page(
                found.sorted { $0.id.path < $1.id.path }.map { $0.json(in: state) },
                size: state.world.rules.pageSize
            )
        }
    }

    private func show() throws -> EmulatedResponse {
        try self.call.cloud.read { state, now in
            .json(try self.found(for: "read", in: state, now: now).json(in: state))
        }
    }

    /// The resource, once the caller is found to be allowed the action on it.
    func found(for action: String, in state: CloudState, now: Date) throws(ManagementError) -> KeptResource {
        try self.call.require("\(self.type)/\(action)", at: self.scope, in: state, now: now)
        try self.checkGroup(in: state)
        guard let resource = state.resources[self.scope] else { throw self.notFound() }
        return resource
    }

    private func notFound() -> ManagementError {
        .resourceNotFound(self.type, name: self.call.path.rest.last ?? "", group: self.scope.groupName ?? "")
    }

    private func checkGroup(in state: CloudState) throws(ManagementError) {
        guard let group = self.scope.groupName, let subscription = self.scope.subscriptionID else { return }
        guard state.resourceGroups[.group(group, in: subscription)] != nil else { throw .groupNotFound(group) }
    }

    private func put() throws -> EmulatedResponse {
        let body = try self.call.body()
        guard body.object != nil else { throw ManagementError.invalidContent("an object is expected") }
        let (resource, isNew) = try self.change(replacing: true) { old, state, now throws(ManagementError) in
            try self.written(body, over: old, in: state, now: now)
        }
        return self.call.cloud.read { state, _ in .json(resource.json(in: state), status: isNew ? .created : .ok) }
    }

    /// Changes what a body names: tags, identities and properties.
    private func patch() throws -> EmulatedResponse {
        let body = try self.call.body()
        guard body.object != nil else { throw ManagementError.invalidContent("an object is expected") }
        let (resource, _) = try self.change(replacing: false) { old, state, now throws(ManagementError) in
            guard var resource = old else { throw self.notFound() }
            if let tags = body["tags"] { resource.tags = try .read(tags, or: .invalidContent("tags must be strings")) }
            if let identity = body["identity"], !identity.isNull {
                resource.identity = try self.identities(identity, over: resource.identity, replaces: false, state, now)
            }
            if let changes = body["properties"] { resource.properties.merge(changes) }
            return resource
        }
        return self.call.cloud.read { state, _ in .json(resource.json(in: state)) }
    }

    private func change(
        replacing: Bool,
        _ body: (KeptResource?, CloudState, Date) throws(ManagementError) -> KeptResource
    ) throws -> (KeptResource, isNew: Bool) {
        let identifiers = self.call.cloud.identifiers
        return try self.call.cloud.change { state, now in
            try self.call.require("\(self.type)/write", at: self.scope, in: state, now: now)
            try self.checkGroup(in: state)
            let old = state.resources[self.scope]
            var resource = try body(old, state, now)
            let context = ResourceKind.Context(state: state, now: now, old: old) { identifiers.nextText() }
            try self.kind.complete(&resource, context)
            resource.changedAt = now
            resource.revision = (old?.revision ?? 0) + 1
            return ([.resource(resource)], (resource, old == nil))
        }
    }

    private func written(
        _ body: JSON,
        over old: KeptResource?,
        in state: CloudState,
        now: Date
    ) throws(ManagementError) -> KeptResource {
        let name = self.call.path.rest.last ?? ""
        if let naming = self.kind.naming, !naming.pattern(name) {
            throw ManagementError(
                status: .badRequest,
                code: "InvalidResourceName",
                message: "The name '\(name)' is not valid for '\(self.type)': \(naming.words)."
            )
        }
        let properties = body["properties"] ?? [:]
        guard properties.object != nil else { throw .invalidContent("properties must be an object") }
        for path in self.kind.required {
            let value = path.split(separator: ".").reduce(properties as JSON?) { $0?.member(String($1)) }
            guard let value, !value.isNull else { throw .propertyMissing(path, of: self.type, name: name) }
        }
        var resource = KeptResource(
            id: old?.id ?? self.scope,
            type: self.type,
            name: old?.name ?? name,
            location: try self.location(body, old: old),
            kind: body["kind"]?.string,
            sku: body["sku"],
            properties: properties,
            secrets: old?.secrets ?? [:],
            createdAt: old?.createdAt ?? now,
            changedAt: now,
            createdBy: old?.createdBy ?? self.call.caller.objectID
        )
        if let tags = body["tags"] { resource.tags = try .read(tags, or: .invalidContent("tags must be strings")) }
        if let identity = body["identity"], !identity.isNull {
            let before = old?.identity ?? ManagedIdentities()
            resource.identity = try self.identities(identity, over: before, replaces: true, state, now)
        }
        return resource
    }

    private func location(_ body: JSON, old: KeptResource?) throws(ManagementError) -> String? {
        let sent = body["location"]?.string.map(RegionName.short)
        switch self.kind.region {
        case .none: return nil
        case .global: return sent ?? "global"
        case .any:
            guard let sent, !sent.isEmpty else { throw .locationRequired() }
            guard let old, let there = old.location, there != sent else { return sent }
            throw ManagementError(
                status: .conflict,
                code: "InvalidResourceLocation",
                message: "The resource '\(old.name)' already exists in location '\(there)' in resource group "
                    + "'\(self.scope.groupName ?? "")'. A resource with the same name cannot be created in location "
                    + "'\(sent)'. Please select a new resource name."
            )
        }
    }

    private func identities(
        _ json: JSON,
        over old: ManagedIdentities,
        replaces: Bool,
        _ state: CloudState,
        _ now: Date
    ) throws(ManagementError) -> ManagedIdentities {
        guard self.kind.hasIdentity else { throw .invalidContent("'\(self.type)' has no identities") }
        let identifiers = self.call.cloud.identifiers
        return try IdentityRequest(
            call: self.call,
            state: state,
            now: now,
            makePrincipal: { identifiers.nextText() },
            refusal: { .invalidContent("the field '\($0)' is missing, unknown, or names what does not exist") }
        ).identities(json, over: old, replaces: replaces, of: self.scope, action: "\(self.type)/write")
    }

    private func delete() throws -> EmulatedResponse {
        let wasThere = try self.call.cloud.change { state, now in
            try self.call.require("\(self.type)/delete", at: self.scope, in: state, now: now)
            guard state.resources[self.scope] != nil else { return ([], false) }
            return (state.removal(of: self.scope), true)
        }
        return EmulatedResponse(status: wasThere ? .ok : .noContent)
    }
}

extension CloudState {
    /// The changes that take a kept resource away, with all that belongs to it.
    ///
    /// Source: "Azure role-based access control": the assignments at a resource go with it; those to its identity stay, and
    /// name nobody from then on.
    func removal(of scope: Scope) -> [CloudChange] {
        self.resources.keys.filter { scope.contains($0) }.map(CloudChange.resourceRemoved)
            + self.roleAssignments.values.filter { scope.contains($0.scope) }.map { .roleAssignmentRemoved($0.id) }
            + self.locks.values.filter { scope.contains($0.scope) }.map { .lockRemoved($0.id) }
    }
}

extension ManagementError {
    static func propertyMissing(_ path: String, of type: String, name: String) -> ManagementError {
        ManagementError(
            status: .badRequest,
            code: "InvalidRequestContent",
            message: "The request content was invalid: the property '\(path)' of '\(type)/\(name)' is missing."
        )
    }
}
