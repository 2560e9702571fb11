import EmulatorRuntime
import EmulatorWorkflows
import Foundation
import HTTPTypes

/// What can be asked of a workflow beside what can be asked of every resource.
struct WorkflowRoutes {
    let call: ManagementCall
    let endpoints: Endpoints

    func response() throws -> EmulatedResponse {
        switch (self.call.path.rest.count, self.call.path.part(2) ?? "", self.call.request.method) {
        case (3, "enable", .post): return try self.restate(isEnabled: true)
        case (3, "disable", .post): return try self.restate(isEnabled: false)
        case (3, "validate", .post): return try self.validate()
        case (3...4, "versions", .get): return try self.versions()
        case (3, "enable", _), (3, "disable", _), (3, "validate", _), (3...4, "versions", _):
            throw ManagementError.methodNotAllowed(self.call.request.method)
        default:
            let path = self.call.path
            throw ManagementError.unknownType(path.type, namespace: "Microsoft.Logic", version: self.call.version)
        }
    }

    private func restate(isEnabled: Bool) throws -> EmulatedResponse {
        try self.call.cloud.change { state, now in
            let action = isEnabled ? "enable/action" : "disable/action"
            let workflow = try self.call.workflow(for: action, in: state, now: now)
            return ([.resource(WorkflowKind.restated(workflow, isEnabled: isEnabled, now: now))], ())
        }
        return EmulatedResponse(status: .ok)
    }

    /// Checks a definition without writing it.
    func validate() throws -> EmulatedResponse {
        guard self.call.request.method == .post else {
            throw ManagementError.methodNotAllowed(self.call.request.method)
        }
        let body = try self.call.body()
        try self.call.cloud.read { state, now in
            let action = "\(WorkflowKind.type)/validate/action"
            try self.call.require(action, at: self.call.path.scope, in: state, now: now)
        }
        guard let properties = body.member("properties"), properties.object != nil else {
            throw ManagementError.invalidContent("properties must be an object")
        }
        try WorkflowKind.checked(properties)
        return EmulatedResponse(status: .ok)
    }

    /// The versions that runs were started from, and the one that is there now.
    private func versions() throws -> EmulatedResponse {
        try self.call.cloud.read { state, now in
            let workflow = try self.call.workflow(for: "versions/read", in: state, now: now)
            var versions = state.workflows[workflow.id]?.versions ?? [:]
            versions[workflow.computed["version"]?.string ?? ""] = workflow
            func json(_ name: String, _ version: KeptResource) -> JSON {
                var json = version.json(in: state)
                json["id"] = .string("\(workflow.id)/versions/\(name)")
                json["name"] = .string(name)
                json["type"] = "Microsoft.Logic/workflows/versions"
                json["identity"] = nil
                return json
            }
            guard self.call.path.rest.count == 4 else {
                let items = versions.sorted { $0.key < $1.key }.map { json($0.key, $0.value) }
                return self.call.page(items, size: state.world.rules.pageSize)
            }
            let name = self.call.path.rest[3]
            guard let version = versions[name] else {
                let part = "version '\(name)'"
                throw ManagementError.workflowPartNotFound("WorkflowVersionNotFound", workflow.name, part)
            }
            return .json(json(name, version))
        }
    }
}
