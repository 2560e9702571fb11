import EmulatorRuntime
import Foundation
import HTTPTypes

/// Changes of what lies in an instance; each counts for the ETags of what it writes.
///
/// An import of an API's definition is not emulated: what is sent stands as it is. Nor does a release make its revision the
/// current one.
extension ContentRoutes {
    private struct Written: Sendable {
        var body: JSON
        var etag: String
        var isNew: Bool

        var response: EmulatedResponse {
            .json(self.body, status: self.isNew ? .created : .ok, headers: [.eTag: self.etag])
        }
    }

    func put() throws -> EmulatedResponse {
        let properties = try self.sentProperties()
        return try self.write { view, old throws(ManagementError) in
            try self.checkCondition(old, isRequired: false)
            guard let kind = self.path.kinds.last, let step = self.path.steps.last else {
                throw ManagementError.contentNotFound(self.path.steps)
            }
            if kind.isLink, view.linked(step.name, collection: kind.collection) == nil {
                throw ManagementError.contentNotFound([step])
            }
            if !kind.isLink { try self.check(properties, of: kind, name: step.name) }
            var node = old ?? self.copiedRevision(properties, step, view) ?? ContentNode(name: step.name)
            node.properties = kind.isLink ? [:] : self.completed(properties, over: old, kind, step.name)
            return node
        }.response
    }

    func patch() throws -> EmulatedResponse {
        let properties = try self.sentProperties()
        return try self.write { _, old throws(ManagementError) in
            guard var node = old else { throw ManagementError.contentNotFound(self.path.steps) }
            try self.checkCondition(old, isRequired: true)
            node.properties.merge(properties)
            return node
        }.response
    }

    func delete() throws -> EmulatedResponse {
        let deletesRevisions = self.call.request.query("deleteRevisions")?.lowercased() == "true"
        let wasThere = try self.call.cloud.change { state, now in
            let view = try self.view(for: "delete", in: state, now: now)
            guard let node = view.contents.node(at: self.path.steps), let step = self.path.steps.last else {
                return ([], false)
            }
            try self.checkCondition(node, isRequired: self.path.kinds.last?.isConditional == true)
            var gone = [self.path.steps]
            if self.path.kinds.last?.isLink != true {
                gone += self.links(to: step, in: view.contents)
                if step.collection == "apis", deletesRevisions { gone += self.revisions(of: step, in: view.contents) }
            }
            return (gone.map { .content(view.instance.id, at: $0, nil) }, true)
        }
        // Source: `Api_Delete` of the specification has 202 and 204 only; it is done at once here.
        let isAPI = self.path.kinds.count == 1 && self.path.kinds[0].collection == "apis"
        return EmulatedResponse(status: wasThere && !isAPI ? .ok : .noContent)
    }

    private func sentProperties() throws(ManagementError) -> JSON {
        let body = try self.call.body()
        let properties = body["properties"] ?? [:]
        guard body.object != nil, properties.object != nil else {
            throw .invalidContent("an object with 'properties' is expected")
        }
        return properties
    }

    private func write(
        _ change: (ContentView, ContentNode?) throws(ManagementError) -> ContentNode
    ) throws -> Written {
        try self.call.cloud.change { state, now in
            let view = try self.view(for: "write", in: state, now: now)
            guard view.contents.node(at: self.path.parent) != nil else {
                throw ManagementError.contentNotFound(self.path.parent)
            }
            let old = view.contents.node(at: self.path.steps)
            let node = try change(view, old)
            var contents = view.contents
            contents.put(node, at: self.path.steps)
            guard let kept = contents.node(at: self.path.steps) else {
                throw ManagementError.contentNotFound(self.path.steps)
            }
            let shown = ContentView(instance: view.instance, contents: contents, path: self.path)
            let written = Written(
                body: shown.json(kept, in: self.path.parent),
                etag: ContentView.etag(of: kept),
                isNew: old == nil
            )
            return ([.content(view.instance.id, at: self.path.steps, node)], written)
        }
    }

    /// Source: `If-Match` of the specification, required with PATCH and DELETE; how its absence is told is not known.
    private func checkCondition(_ node: ContentNode?, isRequired: Bool) throws(ManagementError) {
        guard let wanted = self.call.request.headers[.ifMatch] else {
            guard isRequired else { return }
            throw ManagementError(
                status: .badRequest,
                code: "InvalidParameters",
                message: "Invalid parameter: the header If-Match is required.",
                isFromProvider: true
            )
        }
        let isMet = node.map { wanted == "*" || wanted == ContentView.etag(of: $0) } ?? false
        guard isMet || (wanted == "*" && !isRequired) else {
            throw ManagementError(
                status: .preconditionFailed,
                code: "PreconditionFailed",
                message: "Resource was modified since last retrieval.",
                isFromProvider: true
            )
        }
    }

    /// Source: the code and the words of API Management's refusal of wrong fields, as tools print it.
    private func check(_ properties: JSON, of kind: ContentKind, name: String) throws(ManagementError) {
        let missing = kind.required.filter { properties[$0].map(\.isNull) ?? true }
        let isNameGood = name.count <= 256 && !name.contains { "*#&+:<>?".contains($0) }
        guard !missing.isEmpty || !isNameGood else { return }
        throw ManagementError(
            status: .badRequest,
            code: "ValidationError",
            message: "One or more fields contain incorrect values:",
            isFromProvider: true,
            details: (missing + (isNameGood ? [] : ["name"])).map { field in
                [
                    "code": "ValidationError", "target": .string(field),
                    "message": .string("'\(field)' is missing or not valid."),
                ]
            }
        )
    }

    private func completed(_ sent: JSON, over old: ContentNode?, _ kind: ContentKind, _ name: String) -> JSON {
        var properties = kind.completed(sent, name: name)
        for hidden in kind.nulled where properties[hidden].map(\.isNull) ?? true {
            let value = old?.properties[hidden] ?? .string(self.call.cloud.identifiers.nextText())
            properties[hidden] = value
        }
        return properties
    }

    /// A new revision of an API begins with what the source holds.
    private func copiedRevision(_ properties: JSON, _ step: ContentStep, _ view: ContentView) -> ContentNode? {
        guard step.collection == "apis", let source = properties["sourceApiId"]?.string?.split(separator: "/").last
        else {
            return nil
        }
        var copy = view.linked(String(source), collection: "apis")
        copy?.name = step.name
        return copy
    }

    /// Where something is said to belong.
    private func links(to step: ContentStep, in contents: ContentNode) -> [[ContentStep]] {
        ["products", "gateways", "groups", "apis"].flatMap { collection -> [[ContentStep]] in
            let kinds = ContentKind.named(collection, among: ContentKind.all)?.children ?? []
            guard ContentKind.named(step.collection, among: kinds)?.isLink == true else { return [] }
            let holders = contents.node(at: self.path.home)?.children(of: collection) ?? []
            return holders.map { self.path.home + [ContentStep(collection: collection, name: $0.name), step] }
                .filter { contents.node(at: $0) != nil }
        }
    }

    private func revisions(of step: ContentStep, in contents: ContentNode) -> [[ContentStep]] {
        (contents.node(at: self.path.home)?.children(of: "apis") ?? [])
            .filter { $0.name.lowercased().hasPrefix("\(step.key);rev=") }
            .map { self.path.home + [ContentStep(collection: "apis", name: $0.name)] }
    }
}
