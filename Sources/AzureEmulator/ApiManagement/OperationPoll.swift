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
            switch operation.outcome {
            case nil: return self.running(state)
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

    private func running(_ state: CloudState) -> EmulatedResponse {
        let wait = self.call.cloud.clock.scaled(.seconds(state.world.timings.retryAfterSeconds))
        let query = self.call.request.rawQuery
        return EmulatedResponse(
            status: .accepted,
            headers: [
                .location: "\(self.call.request.origin)\(self.call.request.rawPath)?\(query)",
                .retryAfter: String(wait.components.seconds),
            ]
        )
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
