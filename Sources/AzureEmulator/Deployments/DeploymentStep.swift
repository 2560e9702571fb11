import EmulatorDeployments
import EmulatorExpressions
import EmulatorRuntime
import Foundation
import HTTPTypes

/// One step of a deployment: looks at what runs, starts what may start, and ends what is done.
struct DeploymentStep {
    let deployment: Deployment
    let plan: DeploymentPlan
    let router: ManagementRouter
    let intake: DeploymentIntake
    private(set) var progress: Deployment.Progress
    private let now: Date

    init(deployment: Deployment, plan: DeploymentPlan, router: ManagementRouter, intake: DeploymentIntake) {
        self.deployment = deployment
        self.plan = plan
        self.router = router
        self.intake = intake
        self.progress = deployment.progress
        self.now = router.cloud.clock.now
    }

    private var reader: RoutedResources { RoutedResources(router: self.router, caller: self.deployment.caller) }

    /// Does the step.
    ///
    /// - Returns: When there is something to do again, where that is known.
    mutating func run() throws -> Date? {
        for index in self.progress.operations.indices where self.progress.operations[index].state == .running {
            try self.look(at: index)
        }
        let plan = DeploymentOrder(plan: self.plan, progress: self.progress)
        if !self.deployment.isCanceled { for resource in plan.startable { try self.start(resource) } }
        let order = DeploymentOrder(plan: self.plan, progress: self.progress)
        guard order.running.isEmpty, self.deployment.isCanceled || order.startable.isEmpty else {
            return order.running.compactMap(\.nextLookAt).min()
        }
        try self.end(order)
        return nil
    }

    private mutating func save() throws {
        let change = DeploymentChange.progressed(self.deployment.id, self.progress)
        guard self.progress != self.deployment.progress else { return }
        try self.router.cloud.change { _, _ in ([.deployment(change)], ()) }
    }

    // MARK: Starting

    private mutating func start(_ resource: PlannedResource) throws {
        self.progress.state = .running
        var operation = DeploymentOperation(
            id: self.newID(),
            resource: resource.key,
            kind: resource.isExisting ? "Read" : "Create",
            startedAt: self.now
        )
        // Written down first: a state that says nothing of a resource that is there would make it twice.
        self.progress.operations.append(operation)
        try self.save()
        let response = self.send(resource)
        self.judge(response, of: resource, into: &operation)
        self.progress.operations[self.progress.operations.count - 1] = operation
        try self.save()
    }

    private func newID() -> String {
        String(self.router.cloud.identifiers.nextText().replacing("-", with: "").prefix(16)).uppercased()
    }

    private func send(_ resource: PlannedResource) -> EmulatedResponse {
        do throws(ExpressionFailure) {
            if resource.isExisting { return self.reader.send(.get, resource.id, resource.apiVersion) }
            guard let place = resource.nestedPlace else {
                let content = try self.plan.content(of: resource, reader: self.reader)
                return self.reader.send(.put, resource.id, resource.apiVersion, body: content)
            }
            let nested = try self.plan.nested(resource, reader: self.reader)
            return NestedStart(deployment: self.deployment, router: self.router, intake: self.intake)
                .response(nested, name: resource.name, place: place)
        } catch {
            let words = "Unable to process template language expressions for resource '\(resource.id)'"
            return ManagementError(
                status: .badRequest,
                code: "InvalidTemplate",
                message: "\(words): '\(error.message)'"
            ).response
        }
    }

    private func judge(
        _ response: EmulatedResponse,
        of resource: PlannedResource,
        into operation: inout DeploymentOperation
    ) {
        operation.status = response.status.code
        let body = (try? JSONParser.parse(response.body).value) ?? [:]
        guard response.status.kind == .successful else {
            operation.error = body.member("error") ?? ["code": "InternalServerError", "message": "No error was told."]
            operation.state = .failed
            operation.endedAt = self.now
            return
        }
        operation.pollPath = Self.path(of: response.headers[.asyncOperation] ?? response.headers[.location])
        let seconds = self.router.cloud.read { state, _ in state.world.timings.deploymentStepSeconds }
        let length = seconds == 0 ? 0 : Double(self.router.cloud.clock.scaled(.seconds(seconds)).components.seconds)
        operation.nextLookAt = self.now.addingTimeInterval(length)
        if length == 0, operation.pollPath == nil, !resource.isDeployment { self.succeed(&operation) }
    }

    private static func path(of location: String?) -> String? {
        guard let location, let target = RequestTarget(location) else { return nil }
        return "\(target.path)?\(target.query)"
    }

    private func succeed(_ operation: inout DeploymentOperation) {
        operation.state = .succeeded
        operation.endedAt = self.now
        operation.pollPath = nil
        operation.nextLookAt = nil
    }

    // MARK: Looking

    private mutating func look(at index: Int) throws {
        var operation = self.progress.operations[index]
        guard let resource = self.plan.resources.first(where: { $0.key == operation.resource }) else { return }
        guard operation.status != nil else {
            // The emulator was stopped between the note and the answer: what is there already is only written again.
            self.judge(self.send(resource), of: resource, into: &operation)
            self.progress.operations[index] = operation
            return try self.save()
        }
        guard operation.nextLookAt.map({ $0 <= self.now }) ?? true else { return }
        if resource.isDeployment {
            self.lookAtDeployment(resource, &operation)
        } else if let path = operation.pollPath {
            self.poll(path, of: resource, &operation)
        } else {
            self.succeed(&operation)
        }
        guard operation != self.progress.operations[index] else { return }
        self.progress.operations[index] = operation
        try self.save()
    }

    private func lookAtDeployment(_ resource: PlannedResource, _ operation: inout DeploymentOperation) {
        let nested = self.router.cloud.read { state, _ in state.deployments[Scope(resource.id)] }
        switch nested?.progress.state {
        case .succeeded?: self.succeed(&operation)
        case .accepted?, .running?: operation.nextLookAt = nil
        default: self.fail(&operation, resource, because: nested?.progress.error)
        }
    }

    private func poll(_ path: String, of resource: PlannedResource, _ operation: inout DeploymentOperation) {
        guard let target = RequestTarget(path) else { return self.succeed(&operation) }
        let request = EmulatedRequest(method: .get, rawPath: target.path, rawQuery: target.query)
        let response = self.router.answer(request, caller: self.deployment.caller)
        let body = (try? JSONParser.parse(response.body).value) ?? [:]
        let state = body.member("status")?.string ?? body.member(at: "properties", "provisioningState")?.string
        switch (response.status.kind, state?.lowercased()) {
        case (.successful, "failed"?), (.successful, "canceled"?):
            self.fail(&operation, resource, because: body.member("error"))
        case (.successful, nil) where response.status != .accepted, (.successful, "succeeded"?):
            self.succeed(&operation)
        case (.successful, _):
            let wait = response.headers[.retryAfter].flatMap { Double($0) } ?? 1
            operation.nextLookAt = self.now.addingTimeInterval(wait)
        default: self.fail(&operation, resource, because: body.member("error"))
        }
    }

    /// Source: "Troubleshoot common Azure deployment errors"; the words by public reports.
    private func fail(_ operation: inout DeploymentOperation, _ resource: PlannedResource, because error: JSON?) {
        operation.state = .failed
        operation.endedAt = self.now
        operation.pollPath = nil
        operation.nextLookAt = nil
        operation.status = 409
        operation.error = [
            "code": "ResourceDeploymentFailure", "target": .string(resource.id),
            "message": .string(
                "The resource write operation failed to complete successfully, because it reached terminal provisioning "
                    + "state 'Failed'."
            ), "details": .array(error.map { [$0] } ?? []),
        ]
    }

    // MARK: Ending

    private mutating func end(_ order: DeploymentOrder) throws {
        self.progress.endedAt = self.now
        self.progress.outputResources = self.made()
        let failures = self.progress.operations.filter { $0.state == .failed }
        if !failures.isEmpty {
            self.fail(failures.compactMap(\.error))
        } else if self.deployment.isCanceled, !order.isComplete {
            self.progress.state = .canceled
            self.progress.error = ["code": "DeploymentCanceled", "message": "The deployment was canceled."]
        } else {
            do throws(TemplateMistake) {
                self.progress.outputs = try self.plan.outputs(reader: self.reader)
                self.progress.state = .succeeded
            } catch {
                self.progress.state = .failed
                self.progress.error = ["code": .string(error.code), "message": .string(error.message)]
            }
        }
        try self.save()
    }

    /// The resources that the deployment made or found as wanted, those of nested deployments in the place of these.
    private func made() -> [String] {
        let done = self.progress.operations.filter { $0.state == .succeeded && $0.kind == "Create" }
        return done.flatMap { operation -> [String] in
            guard let resource = self.plan.resources.first(where: { $0.key == operation.resource }) else { return [] }
            guard resource.isDeployment else { return [resource.id] }
            let nested = self.router.cloud.read { state, _ in state.deployments[Scope(resource.id)] }
            return nested?.progress.outputResources ?? []
        }
    }

    private mutating func fail(_ details: [JSON]) {
        self.progress.state = .failed
        self.progress.error = [
            "code": "DeploymentFailed", "target": .string(self.deployment.id.path),
            "message": .string(
                "At least one resource deployment operation failed. Please list deployment operations for details. "
                    + "Please see https://aka.ms/arm-deployment-operations for usage details."
            ),
            "details": .array(details),
        ]
    }
}
