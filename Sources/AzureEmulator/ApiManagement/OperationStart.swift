import EmulatorRuntime
import Foundation
import HTTPTypes

/// `POST …/backup` and `POST …/restore`: checks what can be checked at once, then accepts the operation.
///
/// Source: `ApiManagementService_Backup` and `_Restore` of the specification; headers by the recorded session of 2023.
struct OperationStart {
    let call: ManagementCall
    let kind: ServiceOperation.Kind

    private var action: String {
        "Microsoft.ApiManagement/service/\(self.kind == .backup ? "backup" : "restore")/action"
    }

    func response() throws -> EmulatedResponse {
        let number = self.call.cloud.identifiers.nextText().prefix(8)
        let (operation, omitsLocation, wait) = try self.call.cloud.change { state, now in
            let instance = try self.call.instance(for: self.action, in: state, now: now)
            let target = try BackupRequest(body: self.call.body()).target()
            try self.check(instance, target: target, in: state)
            let operation = self.operation(on: instance, target: target, number: String(number), state: state, now: now)
            let wait = self.call.cloud.clock.scaled(.seconds(state.world.timings.retryAfterSeconds))
            return (
                [.operation(operation)], (operation, instance.behaviour.omitsLocation, Int(wait.components.seconds))
            )
        }
        var headers: HTTPFields = [.retryAfter: String(wait)]
        if !omitsLocation { headers[.location] = self.location(of: operation) }
        return EmulatedResponse(status: .accepted, headers: headers)
    }

    private func check(
        _ instance: ApiManagementInstance,
        target: BackupTarget,
        in state: CloudState
    ) throws(ManagementError) {
        guard instance.tier.canBeBackedUp else {
            // Azure's code and words for this are not known.
            throw ManagementError(
                status: .badRequest,
                code: "MethodNotAllowedInPricingTier",
                message: "Backup and restore are not available in pricing tier \(instance.tier.rawValue).",
                isFromProvider: true
            )
        }
        if state.world.rules.whileBusy == "conflict", state.runningOperation(of: instance.id) != nil {
            throw .serviceLocked(instance.name)
        }
        guard ["Succeeded", "Failed"].contains(instance.state) else { throw .serviceLocked(instance.name) }
        let access = StorageAccess(state: state, instance: instance, target: target, now: self.call.cloud.clock.now)
        if case .key = target.access {
            // Source: azure-powershell#23411: a CORS rule with PATCH breaks the access by key, with these words.
            let methods = self.call.cloud.storage.corsMethods(account: target.account)
            if methods.contains("PATCH") {
                throw .invalidParameters(
                    "Requested value '\(methods.joined(separator: ","))' was not found.\r\n"
                        + "Parameter name: backupStorageAccount"
                )
            }
        } else if access.principalID == nil {
            // Whether Azure refuses this at once, and how it words it, is not known.
            throw .invalidParameters("the service does not have the identity that accessType names")
        }
    }

    private func operation(
        on instance: ApiManagementInstance,
        target: BackupTarget,
        number: String,
        state: CloudState,
        now: Date
    ) -> ServiceOperation {
        let text = "\(RegionName.short(instance.location)):\(instance.name)_\(self.kind.rawValue)_\(number)"
        let timings = state.world.timings
        let seconds =
            switch self.kind {
            case .backup: instance.behaviour.backupSeconds ?? timings.backupSeconds
            case .restore: instance.behaviour.restoreSeconds ?? timings.restoreSeconds
            }
        let duration = self.call.cloud.clock.scaled(.seconds(seconds))
        return ServiceOperation(
            id: Data(text.utf8).base64EncodedString().replacing("/", with: "_"),
            kind: self.kind,
            instance: instance.id,
            target: target,
            acceptedAt: now,
            endsAt: now.addingTimeInterval(Double(duration.components.seconds)),
            clientRequestID: self.call.request.headers[.clientRequestID],
            callerID: self.call.caller.objectID
        )
    }

    private func location(of operation: ServiceOperation) -> String {
        "\(self.call.request.origin)\(operation.instance.path)/operationresults/\(operation.id)"
            + "?api-version=\(self.call.version)"
    }
}

extension ManagementError {
    /// Source: the code and words of a recorded PATCH to a busy instance; that a POST of a backup gets the same is
    /// inferred.
    static func serviceLocked(_ name: String) -> ManagementError {
        ManagementError(
            status: .conflict,
            code: "ServiceLocked",
            message: "The API Service \(name) is transitioning at this time. Please try the request again later.",
            isFromProvider: true
        )
    }

    static func invalidParameters(_ message: String) -> ManagementError {
        ManagementError(
            status: .badRequest,
            code: "InvalidParameters",
            message: "Invalid parameter: \(message)",
            isFromProvider: true
        )
    }
}
