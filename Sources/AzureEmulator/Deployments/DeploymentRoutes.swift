import EmulatorDeployments
import EmulatorRuntime
import Foundation
import HTTPTypes

/// What can be asked of deployments.
struct DeploymentRoutes {
    let call: ManagementCall
    let provider: DeploymentsProvider

    func list() throws -> EmulatedResponse {
        let filter = try EqualityFilter(self.call.request.query("$filter"))
        return try self.call.cloud.read { state, now in
            try self.call.require("Microsoft.Resources/deployments/read", at: self.call.path.scope, in: state, now: now)
            let wanted = filter.value(of: "provisioningState")
            let view = DeploymentView(now: now)
            let found = state.deployments.values.filter { deployment in
                Scope(deployment.place.id) == self.call.path.scope
                    && (wanted.map { $0.lowercased() == deployment.progress.state.rawValue.lowercased() } ?? true)
            }
            return self.call.page(
                found.sorted { ($1.acceptedAt, $0.name) < ($0.acceptedAt, $1.name) }.map(view.json),
                size: state.world.rules.pageSize
            )
        }
    }

    func show() throws -> EmulatedResponse {
        try self.call.cloud.read { state, now in
            .json(DeploymentView(now: now).json(try self.call.deployment(for: "read", in: state, now: now)))
        }
    }

    func exists() throws -> EmulatedResponse {
        try self.call.cloud.read { state, now in
            do throws(ManagementError) {
                _ = try self.call.deployment(for: "read", in: state, now: now)
                return EmulatedResponse(status: .noContent)
            } catch  where error.status == .notFound {
                return EmulatedResponse(status: .notFound)
            }
        }
    }

    /// The request's deployment, found to be possible.
    private func proposal(for action: String) throws -> DeploymentProposal {
        let body: JSON
        do {
            body = try JSONParser.parse(self.call.request.body, form: .lenient).value
        } catch {
            throw ManagementError.invalidContent("\(error)")
        }
        guard let scope = self.call.path.resourceScope else { throw ManagementError.deploymentNotFound("") }
        let (state, now) = self.call.cloud.read { state, now in (state, now) }
        try self.call.require("Microsoft.Resources/deployments/\(action)", at: scope, in: state, now: now)
        let proposal = try self.provider.intake.proposal(
            body,
            name: self.call.path.rest[1],
            place: self.call.deploymentPlace,
            caller: self.call.caller,
            in: state,
            now: now
        )
        try Preflight(intake: self.provider.intake, caller: self.call.caller, state: state, now: now).check(proposal)
        return proposal
    }

    func create() throws -> EmulatedResponse {
        let proposal = try self.proposal(for: "write")
        let identifiers = self.call.cloud.identifiers
        let (correlation, operation) = (self.call.correlationID(), identifiers.nextText())
        let (deployment, isNew) = try self.call.cloud.change { state, now in
            let old = state.deployments[proposal.id]
            if let old, old.progress.state.isActive { throw ManagementError.deploymentActive(old) }
            let deployment = proposal.deployment(
                caller: self.call.caller,
                correlationID: correlation,
                operationID: operation,
                now: now
            )
            return ([.deployment(.accepted(deployment))], (deployment, old == nil))
        }
        let base = "\(self.call.request.origin)\(deployment.id)/operationStatuses/\(operation)"
        let wait = self.call.cloud.read { state, _ in self.call.retryAfter(in: state) }
        return .json(
            DeploymentView(now: deployment.acceptedAt).json(deployment),
            status: isNew ? .created : .ok,
            headers: [
                .asyncOperation: "\(base)?api-version=\(self.call.version)", .retryAfter: wait,
            ]
        )
    }

    func validate() throws -> EmulatedResponse {
        let proposal = try self.proposal(for: "validate/action")
        let view = DeploymentView(now: self.call.cloud.clock.now)
        return .json(view.json(validated: proposal, correlationID: self.call.correlationID()))
    }

    func whatIf() throws -> EmulatedResponse {
        let proposal = try self.proposal(for: "whatIf/action")
        let settings = (try? JSONParser.parse(self.call.request.body, form: .lenient).value)?
            .member(at: "properties", "whatIfSettings", "resultFormat")
        let forecast = DeploymentForecast(
            intake: self.provider.intake,
            resources: RoutedResources(router: self.provider.router, caller: self.call.caller),
            idsOnly: settings?.string?.lowercased() == "resourceidonly"
        )
        let body: JSON = [
            "status": "Succeeded",
            "properties": [
                "correlationId": .string(self.call.correlationID()), "changes": .array(forecast.changes(of: proposal)),
            ],
        ]
        let id = self.call.cloud.identifiers.nextText()
        let wait = try self.call.cloud.change { state, now in
            let result = ManagementResult(
                id: id,
                callerID: self.call.caller.objectID,
                body: body,
                readyAt: now,
                expiresAt: now.addingTimeInterval(Double(state.world.timings.operationLifetimeSeconds))
            )
            return ([.result(result)], self.call.retryAfter(in: state))
        }
        let place = "/subscriptions/\(proposal.place.subscriptionID)/operationresults/\(id)"
        return EmulatedResponse(
            status: .accepted,
            headers: [
                .location: "\(self.call.request.origin)\(place)?api-version=\(self.call.version)", .retryAfter: wait,
            ]
        )
    }

    func cancel() throws -> EmulatedResponse {
        try self.call.cloud.change { state, now in
            let deployment = try self.call.deployment(for: "cancel/action", in: state, now: now)
            guard deployment.progress.state.isActive else {
                throw ManagementError(
                    status: .conflict,
                    code: "DeploymentCannotBeCancelled",
                    message: "The deployment '\(deployment.name)' cannot be cancelled because it is in the state "
                        + "'\(deployment.progress.state.rawValue)'."
                )
            }
            return ([.deployment(.canceled(deployment.id))], ())
        }
        return EmulatedResponse(status: .noContent)
    }

    /// Takes a deployment off the history; what it made stays.
    func remove() throws -> EmulatedResponse {
        try self.call.cloud.change { state, now in
            let deployment = try self.call.deployment(for: "delete", in: state, now: now)
            if deployment.progress.state.isActive { throw ManagementError.deploymentActive(deployment) }
            return ([.deployment(.removed(deployment.id))], ())
        }
        return EmulatedResponse(status: .noContent)
    }

    func exportTemplate() throws -> EmulatedResponse {
        try self.call.cloud.read { state, now in
            let deployment = try self.call.deployment(for: "exportTemplate/action", in: state, now: now)
            return .json(["template": deployment.template])
        }
    }

    /// How far a deployment is.
    ///
    /// Source: "Track asynchronous Azure operations": 200 throughout, with `status`.
    func status() throws -> EmulatedResponse {
        try self.call.cloud.read { state, now in
            let deployment = try self.call.deployment(for: "operationStatuses/read", in: state, now: now)
            guard deployment.operationID == self.call.path.rest[3] else {
                throw ManagementError.deploymentNotFound(deployment.name)
            }
            var body: JSON = ["status": .string(deployment.progress.state.rawValue)]
            if let error = deployment.progress.error { body["error"] = error }
            let headers: HTTPFields =
                deployment.progress.state.isActive ? [.retryAfter: self.call.retryAfter(in: state)] : [:]
            return .json(body, headers: headers)
        }
    }
}

extension ManagementCall {
    /// The correlation id of the call: the client's own, where it sent one.
    func correlationID() -> String {
        let sent = self.request.headers[.correlationRequestID]
        return sent.flatMap { UUID(uuidString: $0) != nil ? $0 : nil } ?? self.cloud.identifiers.nextText()
    }
}

extension ManagementError {
    /// Source: code and words of public issue reports.
    static func deploymentActive(_ deployment: Deployment) -> ManagementError {
        ManagementError(
            status: .conflict,
            code: "DeploymentActive",
            message: "Unable to edit or replace deployment '\(deployment.name)': previous deployment from "
                + "'\(Instant.text(deployment.acceptedAt))' is still active. Please see https://aka.ms/arm-deploy for usage "
                + "details."
        )
    }
}
