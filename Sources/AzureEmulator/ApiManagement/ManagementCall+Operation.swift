import EmulatorRuntime
import Foundation
import HTTPTypes

extension ManagementCall {
    /// An operation on an instance that begins now.
    ///
    /// - Parameters:
    ///   - kind: What it does.
    ///   - instance: The instance.
    ///   - target: Where the backup lies, with a backup or restore.
    ///   - number: Eight hexadecimal digits, new for each operation.
    ///   - seconds: How long it takes, in Azure's time.
    ///   - now: When it is accepted.
    /// - Returns: The operation.
    func operation(
        _ kind: ServiceOperation.Kind,
        on instance: ApiManagementInstance,
        target: BackupTarget? = nil,
        number: String,
        seconds: Int,
        now: Date
    ) -> ServiceOperation {
        let text = "\(RegionName.short(instance.location)):\(instance.name)_\(kind.mark)_\(number)"
        let duration = self.cloud.clock.scaled(.seconds(seconds))
        return ServiceOperation(
            id: Data(text.utf8).base64EncodedString().replacing("/", with: "_"),
            kind: kind,
            instance: instance.id,
            target: target,
            acceptedAt: now,
            endsAt: now.addingTimeInterval(Double(duration.components.seconds)),
            clientRequestID: self.request.headers[.clientRequestID],
            callerID: self.caller.objectID
        )
    }

    /// A number for an operation's id.
    func operationNumber() -> String { String(self.cloud.identifiers.nextText().prefix(8)) }

    /// The URL at which an operation is polled.
    func location(of operation: ServiceOperation, below scope: Scope) -> String {
        "\(self.request.origin)\(scope)/operationresults/\(operation.id)?api-version=\(self.version)"
    }

    /// What `Retry-After` says while an operation runs.
    func retryAfter(in state: CloudState) -> String {
        String(self.cloud.clock.scaled(.seconds(state.world.timings.retryAfterSeconds)).components.seconds)
    }

    /// The answer to a poll of an operation that has not ended.
    func stillRunning(in state: CloudState) -> EmulatedResponse {
        EmulatedResponse(
            status: .accepted,
            headers: [
                .location: "\(self.request.origin)\(self.request.rawPath)?\(self.request.rawQuery)",
                .retryAfter: self.retryAfter(in: state),
            ]
        )
    }
}
