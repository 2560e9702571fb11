import Crypto
import EmulatorRuntime
import EmulatorWorkflows
import Foundation
import HTTPTypes

/// Addresses of workflows that let in whoever has them, by a signature: contents of runs, and triggers that are called.
///
/// Source: "Secure access and data in Azure Logic Apps": `sp`, `sv` and `sig` in the query.
struct SignedWorkflowLinks: Sendable {
    /// What of a run is meant.
    enum Content {
        case trigger(run: String)
        case action(run: String, ActionKey, part: String)

        fileprivate var path: String {
            switch self {
            case .trigger(let run): "runs/\(run)/trigger/outputs"
            case .action(let run, let key, let part):
                "runs/\(run)/actions/\(key.name)/\(part)"
                    + (key.path.isEmpty ? "" : "/\(key.path.map(String.init).joined(separator: "-"))")
            }
        }
    }

    let cloud: Cloud
    let endpoints: Endpoints

    /// What stands for a workflow in such addresses.
    static func key(of workflow: Scope) -> String {
        DerivedID.guid("workflow/\(workflow.path.lowercased())").replacing("-", with: "")
    }

    private func signature(of path: String) -> String {
        let key = SymmetricKey(data: Data(DerivedID.storageKey("workflow/signatures").utf8))
        return Base64URL.encode(Data(HMAC<SHA256>.authenticationCode(for: Data(path.utf8), using: key)))
    }

    private func address(_ path: String, permission: String) -> String {
        let escaped = path.addingPercentEncoding(withAllowedCharacters: .urlPathAllowed) ?? path
        let permission = permission.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
        return "\(self.endpoints.resourceManager)\(escaped)?api-version=2016-10-01&sp=\(permission)&sv=1.0"
            + "&sig=\(self.signature(of: path))"
    }

    /// A link to contents.
    func content(of value: JSON, at content: Content, of workflow: KeptResource) -> JSON {
        let path = "/workflows/\(Self.key(of: workflow.id))/\(content.path)"
        return [
            "uri": .string(self.address(path, permission: "/\(content.path)/read")),
            "contentSize": .integer(value.data.count),
        ]
    }

    /// The address that fires a trigger.
    func callback(of trigger: String, _ workflow: KeptResource) -> JSON {
        let path = "/workflows/\(Self.key(of: workflow.id))/triggers/\(trigger)/paths/invoke"
        let value = self.address(path, permission: "/triggers/\(trigger)/run")
        return [
            "value": .string(value), "method": "POST", "basePath": .string("\(self.endpoints.resourceManager)\(path)"),
            "queries": [
                "api-version": "2016-10-01", "sp": .string("/triggers/\(trigger)/run"), "sv": "1.0",
                "sig": .string(self.signature(of: path)),
            ],
        ]
    }

    /// The answer to a request for such an address; nil for any other.
    func answer(to request: EmulatedRequest) -> EmulatedResponse? {
        let segments = request.segments
        guard segments.count >= 5, segments[0].lowercased() == "workflows" else { return nil }
        let path = "/" + segments.joined(separator: "/")
        guard let shown = request.query("sig"), ConstantTime.equal(shown, self.signature(of: path)) else {
            // Source: code and words of public reports.
            return ManagementError(
                status: .unauthorized,
                code: "DirectApiAuthorizationRequired",
                message: "The request must be authenticated only by Shared Access scheme."
            ).response
        }
        return ManagementError.answer { try self.served(segments, request) }
    }

    private func served(_ segments: [String], _ request: EmulatedRequest) throws -> EmulatedResponse {
        try self.cloud.change { state, now in
            let workflow = state.resources.values.first {
                $0.type == WorkflowKind.type && Self.key(of: $0.id) == segments[1].lowercased()
            }
            guard let workflow else { throw Self.missing }
            switch (segments[2].lowercased(), segments.count, request.method) {
            case ("runs", 6..., .get):
                let run = state.workflows[workflow.id]?.runs[segments[3]]
                guard let value = run.flatMap({ Self.content(segments, of: $0) }) else { throw Self.missing }
                return ([], .json(value))
            case ("triggers", 6, .post):
                let trigger = try WorkflowKind.checked(workflow.properties).trigger(named: segments[3])
                guard let trigger else { throw Self.missing }
                let started = try WorkflowInvocation(cloud: self.cloud, state: state, now: now)
                    .start(workflow, trigger, outputs: Self.outputs(request))
                return ([started.change], WorkflowInvocation.accepted(started.run))
            default: throw ManagementError.methodNotAllowed(request.method)
            }
        }
    }

    private static let missing = ManagementError(
        status: .notFound,
        code: "WorkflowNotFound",
        message: "What the address names could not be found."
    )

    private static func content(_ segments: [String], of run: WorkflowRun) -> JSON? {
        if segments[4].lowercased() == "trigger" { return run.head.trigger.outputs }
        guard segments.count >= 7 else { return JSON?.none }
        let path = segments.count > 7 ? segments[7].split(separator: "-").compactMap { Int($0) } : []
        let record = run.records[ActionKey(name: segments[5], path: path)]
        return segments[6] == "inputs" ? record?.inputs : record?.outputs
    }

    private static func outputs(_ request: EmulatedRequest) -> JSON {
        var headers: JSON = [:]
        for field in request.headers where field.name != .authorization {
            headers[field.name.rawName] = .string(field.value)
        }
        let body = (try? JSONParser.parse(request.body).value) ?? .string(String(decoding: request.body, as: UTF8.self))
        return ["headers": headers, "body": request.body.isEmpty ? .null : body]
    }
}
