import EmulatorRuntime
import EmulatorWorkflows
import Foundation
import HTTPTypes

/// Makes the calls of workflows, with the tokens of their identities.
///
/// They reach this emulator's own addresses only, by the same ways as calls from outside: roles, limits and faults apply.
struct WorkflowCaller: Sendable {
    /// What became of a call.
    enum Outcome: Sendable {
        /// An answer; nil where none came.
        case answer(WorkflowAnswer?)
        /// The call was not made, for this reason.
        case refusal(JSON)
    }

    let cloud: Cloud
    let issuer: TokenIssuer
    let audiences: ResourceAudiences
    let hosts: [(origin: String, host: ServedHost)]

    /// The most that is taken of an answer's body, in bytes; the rest would fill the history of runs.
    private static let bodyLimit = 8 << 20

    func make(
        _ request: WorkflowRequest,
        of workflow: KeptResource,
        in run: WorkflowRun.Head
    ) async throws -> Outcome {
        let found = self.hosts.first { request.uri == $0.origin || request.uri.hasPrefix($0.origin + "/") }
        guard let found, let target = RequestTarget(String(request.uri.dropFirst(found.origin.count))),
            let method = HTTPRequest.Method(rawValue: request.method)
        else { return .refusal(Self.unreachable(request.uri)) }
        var headers: HTTPFields = [:]
        headers[.userAgent] = "azure-logic-apps/1.0 (workflow \(workflow.name); version \(run.version))"
        headers[.clientRequestID] = run.trackingID
        for (name, value) in request.headers {
            if let name = HTTPField.Name(name) { headers[name] = value }
        }
        if let identity = request.identity {
            do throws(WorkflowIdentityRefusal) {
                headers[.authorization] = "Bearer \(try self.token(of: workflow, for: identity))"
            } catch {
                return .refusal(error.json)
            }
        }
        let outcome = try await found.host.answer(
            EmulatedRequest(
                method: method,
                rawPath: target.path,
                rawQuery: target.query,
                headers: headers,
                body: request.body,
                isSecure: found.origin.hasPrefix("https:"),
                origin: found.origin,
                // Source: "Authenticate access with a managed identity in Azure Logic Apps": the system-assigned identity comes
                // through a storage firewall as a trusted service, a user-assigned one does not.
                isTrustedService: request.identity.map { $0.resourceID == nil } ?? false
            )
        )
        guard let response = outcome.response, outcome.limit == nil, response.body.count <= Self.bodyLimit else {
            return .answer(nil)
        }
        return .answer(
            WorkflowAnswer(
                status: response.status.code,
                headers: response.headers.map { ($0.name.rawName, $0.value) },
                body: response.body
            )
        )
    }

    private static func unreachable(_ uri: String) -> JSON {
        [
            "code": "NotEmulated",
            "message": .string(
                "A workflow of the local Azure reaches the local Azure's own addresses only, not '\(uri.prefix(200))'."
            ),
        ]
    }

    private func token(
        of workflow: KeptResource,
        for identity: WorkflowRequest.Identity
    ) throws(WorkflowIdentityRefusal) -> String {
        let (state, now) = self.cloud.read { state, now in (state, now) }
        // What the workflow's identities are now counts, not what they were when the run began.
        let identities = state.resources[workflow.id]?.identity ?? workflow.identity
        let principal: Principal
        if let id = identity.resourceID {
            guard identities.userAssigned.contains(Scope(id)), let found = state.userAssignedIdentity(Scope(id)) else {
                throw WorkflowIdentityRefusal("The workflow '\(workflow.name)' does not have the identity '\(id)'.")
            }
            principal = state.principal(of: found)
        } else {
            guard let system = identities.systemPrincipalID else {
                throw WorkflowIdentityRefusal("The workflow '\(workflow.name)' has no system-assigned identity.")
            }
            principal = state.systemPrincipal(system, of: workflow.id.path)
        }
        guard self.audiences.isKnown(identity.audience) else {
            throw WorkflowIdentityRefusal(
                "AADSTS500011: The resource principal named \(identity.audience) was not found in the tenant named "
                    + "\(state.world.tenantID)."
            )
        }
        let lifetime = state.world.timings.tokenSeconds
        let token = try? self.issuer.token(for: principal, audience: identity.audience, now: now, lifetime: lifetime)
        guard let token else { throw WorkflowIdentityRefusal("The token could not be made.") }
        return token.text
    }
}

/// Why a workflow gets no token; that its action fails is documented, code and words are ours.
struct WorkflowIdentityRefusal: Error {
    let message: String

    init(_ message: String) { self.message = message }

    var json: JSON { ["code": "InvalidManagedServiceIdentity", "message": .string(self.message)] }
}
