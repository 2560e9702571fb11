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
        let number = self.call.operationNumber()
        let (operation, omitsLocation, wait) = try self.call.cloud.change { state, now in
            let instance = try self.call.instance(for: self.action, in: state, now: now)
            let target = try BackupRequest(body: self.call.body(), version: self.call.version).target()
            try self.check(instance, target: target, in: state)
            let operation = self.call.operation(
                self.kind,
                on: instance,
                target: target,
                number: number,
                seconds: self.seconds(instance, timings: state.world.timings),
                now: now
            )
            let wait = self.call.retryAfter(in: state)
            return ([.operation(operation)], (operation, instance.behaviour.omitsLocation, wait))
        }
        var headers: HTTPFields = [.retryAfter: wait]
        if !omitsLocation { headers[.location] = self.call.location(of: operation, below: operation.instance) }
        return EmulatedResponse(status: .accepted, headers: headers)
    }

    private func check(
        _ instance: ApiManagementInstance,
        target: BackupTarget,
        in state: CloudState
    ) throws(ManagementError) {
        let isOpen = instance.tier == .isolated && state.world.rules.backsUpIsolatedTier
        guard instance.tier.canBeBackedUp || isOpen else {
            // Azure's code and words for this are not known.
            throw ManagementError(
                status: .badRequest,
                code: "MethodNotAllowedInPricingTier",
                message: "Backup and restore are not available in pricing tier \(instance.tier.rawValue).",
                isFromProvider: true
            )
        }
        guard (instance.behaviour.workspaceGateways ?? []).isEmpty else {
            // Azure's code and words for this are not known.
            throw ManagementError(
                status: .badRequest,
                code: "MethodNotAllowed",
                message: "Backup and restore are not available for a service with associated workspace gateways.",
                isFromProvider: true
            )
        }
        if state.runningOperation(of: instance.id) != nil { try self.refuse(instance, state.world.rules.whileBusy) }
        guard ["Succeeded", "Failed"].contains(instance.state) else { throw .serviceLocked(instance.name) }
        let access = StorageAccess(state: state, instance: instance, target: target, now: self.call.cloud.clock.now)
        if case .key = target.access {
            // Source: azure-powershell#23411: a CORS rule with PATCH breaks the access by key, with these words.
            // It reads each rule's methods as one value; which other methods it does not know is not known.
            let rules = self.call.cloud.storage.corsMethods(account: target.account)
            if let rule = rules.first(where: { $0.contains("PATCH") }) {
                throw .invalidParameters(
                    "Requested value '\(rule.joined(separator: ","))' was not found.\r\n"
                        + "Parameter name: backupStorageAccount"
                )
            }
        } else if access.principalID == nil {
            // Whether Azure refuses this at once, and how it words it, is not known.
            throw .invalidParameters("the service does not have the identity that accessType names")
        }
    }

    private func seconds(_ instance: ApiManagementInstance, timings: Timings) -> Int {
        self.kind == .restore
            ? instance.behaviour.restoreSeconds ?? timings.restoreSeconds
            : instance.behaviour.backupSeconds ?? timings.backupSeconds
    }

    /// Refuses while another operation runs; what Azure says then is known of a PATCH and a DELETE only.
    private func refuse(
        _ instance: ApiManagementInstance,
        _ rule: ProviderRules.WhileBusy
    ) throws(ManagementError) {
        switch rule {
        case .accept: return
        case .conflict: throw .serviceLocked(instance.name)
        case .otherConflict:
            throw ManagementError(
                status: .conflict,
                code: "PessimisticConcurrencyConflict",
                message: "Another operation on the service \(instance.name) is in progress.",
                isFromProvider: true
            )
        case .throttle:
            throw ManagementError(
                status: .tooManyRequests,
                code: "TooManyRequests",
                message: "Another operation on the service \(instance.name) is in progress.",
                isFromProvider: true
            )
        }
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
