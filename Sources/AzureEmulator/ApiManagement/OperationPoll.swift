import EmulatorRuntime
import Foundation
import HTTPTypes

/// `GET …/operationresults/ID`: 202 while the operation runs, then the service, or the failure.
///
/// Source: the recorded session of 2023; a failure's form by what Azure's clients print of a failed restore.
struct OperationPoll {
    let call: ManagementCall

    func response() throws -> EmulatedResponse {
        try self.call.cloud.read { state, now in
            if let answer = try self.deletion(in: state, now: now) { return answer }
            let instance = try self.call.instance(
                for: state.world.rules.operationReadIsOwnRight
                    ? "Microsoft.ApiManagement/service/operationresults/read"
                    : "Microsoft.ApiManagement/service/backup/action",
                in: state,
                now: now
            )
            guard let operation = state.operations[self.call.path.rest[3]], operation.instance == instance.id else {
                return try self.forgotten(state.world.rules.forgottenOperation)
            }
            if self.call.request.query("asyncResponse") != nil { return self.asynchronous(operation, in: state) }
            switch operation.outcome {
            case nil: return self.call.stillRunning(in: state)
            case .succeeded?: return self.ended(instance, operation: operation, state: state)
            case .failed(let failure)?:
                return try self.failed(failure, instance, operation: operation, state: state)
            }
        }
    }

    /// The answer for a deletion, which outlives its instance; nil where the operation is another.
    ///
    /// Source: the recorded session of 2021: 202 while it runs, then 200, both without a body.
    private func deletion(in state: CloudState, now: Date) throws(ManagementError) -> EmulatedResponse? {
        guard let scope = self.call.path.resourceScope, let operation = state.operations[self.call.path.rest[3]],
            operation.instance == scope, [.deletion, .purge].contains(operation.kind)
        else { return nil }
        let action = "Microsoft.ApiManagement/service/operationresults/read"
        try self.call.require(action, at: scope, in: state, now: now)
        return operation.outcome == nil ? self.call.stillRunning(in: state) : EmulatedResponse(status: .ok)
    }

    /// Source: the recorded session of 2023: the URL of a creation ends with `&asyncResponse` and answers 200 throughout.
    private func asynchronous(_ operation: ServiceOperation, in state: CloudState) -> EmulatedResponse {
        switch operation.outcome {
        case nil: .json(["status": "InProgress"], headers: [.retryAfter: self.call.retryAfter(in: state)])
        case .succeeded?: .json(["status": "Succeeded"])
        case .failed(let failure)?:
            .json([
                "status": "Failed", "error": ["code": .string(failure.code), "message": .string(failure.message)],
            ])
        }
    }

    /// What Azure says of an operation that it no longer knows is not documented.
    private func forgotten(_ rule: ProviderRules.ForgottenOperation) throws(ManagementError) -> EmulatedResponse {
        let status: HTTPResponse.Status =
            switch rule {
            case .noContent: .noContent
            case .notFound: .notFound
            case .gone: .gone
            case .forbidden: .forbidden
            }
        guard rule != .noContent else { return EmulatedResponse(status: status) }
        throw ManagementError(
            status: status,
            code: rule == .forbidden ? "Forbidden" : "ResourceNotFound",
            message: "The operation '\(self.call.path.rest[3])' was not found.",
            isFromProvider: true
        )
    }

    /// How a backup's failure is told is not known; a restore's is told by 400.
    private func failed(
        _ failure: ServiceFailure,
        _ instance: ApiManagementInstance,
        operation: ServiceOperation,
        state: CloudState
    ) throws(ManagementError) -> EmulatedResponse {
        let rules = state.world.rules
        var error = ManagementError(
            status: .badRequest,
            code: failure.code,
            message: failure.message,
            isFromProvider: true
        )
        guard operation.kind == .backup else { throw error }
        error.status = HTTPResponse.Status(code: rules.backupFailureStatus)
        switch rules.backupFailureForm {
        case .error: throw error
        case .bare: return EmulatedResponse(status: error.status)
        case .failedState:
            var body = InstanceView(state: state).json(instance)
            body["properties"]?["provisioningState"] = "Failed"
            return .json(body)
        case .failedStatus:
            return .json(["status": "Failed", "error": error.body["error"] ?? .null])
        case .hidden: return self.ended(instance, operation: operation, state: state)
        }
    }

    private func ended(
        _ instance: ApiManagementInstance,
        operation: ServiceOperation,
        state: CloudState
    ) -> EmulatedResponse {
        var body = InstanceView(state: state).json(instance)
        if operation.kind == .backup, let end = instance.behaviour.endsInState {
            body["properties"]?["provisioningState"] = .string(end)
        }
        return .json(body)
    }
}
