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
                for: "Microsoft.ApiManagement/service/operationresults/read",
                in: state,
                now: now
            )
            guard let operation = state.operations[self.call.path.rest[3]], operation.instance == instance.id else {
                // What Azure says of an operation that it no longer knows is not documented.
                throw ManagementError(
                    status: .notFound,
                    code: "ResourceNotFound",
                    message: "The operation '\(self.call.path.rest[3])' was not found.",
                    isFromProvider: true
                )
            }
            if self.call.request.query("asyncResponse") != nil { return self.asynchronous(operation, in: state) }
            switch operation.outcome {
            case nil: return self.call.stillRunning(in: state)
            case .succeeded?: return self.ended(instance, operation: operation, state: state)
            case .failed(let failure)?:
                let status =
                    operation.kind == .backup
                    ? HTTPResponse.Status(code: state.world.rules.backupFailureStatus) : .badRequest
                throw ManagementError(
                    status: status,
                    code: failure.code,
                    message: failure.message,
                    isFromProvider: true
                )
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
