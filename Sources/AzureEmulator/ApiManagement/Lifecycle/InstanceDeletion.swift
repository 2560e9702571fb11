import EmulatorRuntime
import Foundation
import HTTPTypes

/// `DELETE …/service/NAME`: the instance goes, and can be recovered for 48 hours.
///
/// Source: `ApiManagementService_Delete` of the specification; status, headers and body by a recorded session of 2021
/// (azure-sdk-for-js, arm-apimanagement). Versions before 2020-06-01-preview delete for good.
struct InstanceDeletion {
    let call: ManagementCall

    private struct Accepted: Sendable {
        var operation: ServiceOperation
        var body: JSON
        var retryAfter: String
    }

    func response() throws -> EmulatedResponse {
        let number = self.call.operationNumber()
        let accepted = try self.call.cloud.change { state, now in
            guard let instance = try self.instance(in: state, now: now) else { return ([], nil as Accepted?) }
            if state.runningOperation(of: instance.id) != nil { throw ManagementError.serviceLocked(instance.name) }
            let operation = self.call.operation(
                self.call.version < "2020-06-01" ? .purge : .deletion,
                on: instance,
                number: number,
                seconds: state.world.timings.deletionSeconds,
                now: now
            )
            var body = InstanceView(state: state).json(instance)
            body["properties"]?["targetProvisioningState"] = "Deleting"
            let accepted = Accepted(operation: operation, body: body, retryAfter: self.call.retryAfter(in: state))
            return ([.operation(operation)], accepted)
        }
        guard let accepted else { return EmulatedResponse(status: .noContent) }
        return .json(
            accepted.body,
            status: .accepted,
            headers: [
                .location: self.call.location(of: accepted.operation, below: accepted.operation.instance),
                .retryAfter: accepted.retryAfter,
            ]
        )
    }

    /// The instance; nil where it is not there, which is no failure of a deletion.
    private func instance(in state: CloudState, now: Date) throws(ManagementError) -> ApiManagementInstance? {
        do {
            return try self.call.instance(for: "Microsoft.ApiManagement/service/delete", in: state, now: now)
        } catch  where error.code == "ResourceNotFound" {
            return nil
        }
    }
}
