import EmulatorRuntime
import Foundation
import HTTPTypes

/// Instances that were deleted and can still be recovered: listed, shown, and purged before their time.
///
/// Source: "Deleted Services" of the specification, API version 2024-05-01; the purge's status, headers and body by a
/// recorded session of 2021 (azure-sdk-for-js, arm-apimanagement).
struct DeletedServices {
    let call: ManagementCall

    /// `GET …/deletedservices` of a subscription.
    func list() throws -> EmulatedResponse {
        try self.call.cloud.read { state, now in
            let subscription = self.call.path.scope
            try self.call.require("Microsoft.ApiManagement/deletedservices/read", at: subscription, in: state, now: now)
            let deleted = state.deletedInstances.values.filter { subscription.contains($0.instance.id) }
                .sorted { $0.instance.id.path < $1.instance.id.path }
            return self.call.page(deleted.map(self.json), size: state.world.rules.pageSize)
        }
    }

    /// `GET …/locations/REGION/deletedservices/NAME`.
    func show() throws -> EmulatedResponse {
        try self.call.cloud.read { state, now in
            try self.require("read", in: state, now: now)
            guard let deleted = self.deleted(in: state) else { throw self.missing() }
            return .json(self.json(deleted))
        }
    }

    private struct Accepted: Sendable {
        var operation: ServiceOperation
        var body: JSON
        var retryAfter: String
    }

    /// `DELETE …/locations/REGION/deletedservices/NAME`.
    func purge() throws -> EmulatedResponse {
        let number = self.call.operationNumber()
        let accepted = try self.call.cloud.change { state, now in
            try self.require("delete", in: state, now: now)
            guard var deleted = self.deleted(in: state) else { return ([], nil as Accepted?) }
            if state.runningOperation(of: deleted.instance.id) != nil {
                throw ManagementError.serviceLocked(deleted.instance.name)
            }
            let operation = self.call.operation(
                .purge,
                on: deleted.instance,
                number: number,
                seconds: state.world.timings.purgeSeconds,
                now: now
            )
            deleted.purgesAt = operation.endsAt
            let accepted = Accepted(
                operation: operation,
                body: self.json(deleted),
                retryAfter: self.call.retryAfter(in: state)
            )
            return ([.operation(operation), .instanceDeleted(deleted)], accepted)
        }
        // Source: the specification: 204 where there was none.
        guard let accepted else { return EmulatedResponse(status: .noContent) }
        return .json(
            accepted.body,
            status: .accepted,
            headers: [
                .location: self.call.location(of: accepted.operation, below: self.scope),
                .retryAfter: accepted.retryAfter,
            ]
        )
    }

    /// `GET …/deletedservices/NAME/operationresults/ID`.
    func poll() throws -> EmulatedResponse {
        try self.call.cloud.read { state, now in
            try self.require("read", in: state, now: now)
            guard let operation = state.operations[self.call.path.rest[5]], operation.kind == .purge,
                operation.instance.segments.last?.lowercased() == self.call.path.part(3)
            else { throw self.missing() }
            return operation.outcome == nil ? self.call.stillRunning(in: state) : EmulatedResponse(status: .ok)
        }
    }

    /// The deleted instance's own scope, in its region.
    private var scope: Scope {
        self.call.path.scope.appending(
            "providers/Microsoft.ApiManagement/\(self.call.path.rest.prefix(4).joined(separator: "/"))"
        )
    }

    private func require(_ right: String, in state: CloudState, now: Date) throws(ManagementError) {
        try self.call.require(
            "Microsoft.ApiManagement/locations/deletedservices/\(right)",
            at: self.scope,
            in: state,
            now: now
        )
    }

    private func deleted(in state: CloudState) -> DeletedInstance? {
        state.deletedInstance(self.call.path.rest[3], region: self.call.path.rest[1], in: self.call.path.scope)
    }

    /// Azure's words for this are not known; the code is that of azure-rest-api-specs#14961.
    private func missing() -> ManagementError {
        ManagementError(
            status: .notFound,
            code: "ServiceNotFound",
            message: "Api service does not exist: \(self.call.path.rest[3])",
            isFromProvider: true
        )
    }

    private func json(_ deleted: DeletedInstance) -> JSON {
        let place = "providers/Microsoft.ApiManagement/locations/\(deleted.region)/deletedservices"
        let subscription = deleted.instance.id.subscriptionID.map(Scope.subscription) ?? self.call.path.scope
        return [
            "id": .string(subscription.appending("\(place)/\(deleted.instance.name)").path),
            "name": .string(deleted.instance.name), "type": "Microsoft.ApiManagement/deletedservices",
            "location": .string(deleted.instance.location),
            "properties": [
                "serviceId": .string(deleted.instance.id.path),
                "scheduledPurgeDate": .string(Instant.text(deleted.purgesAt)),
                "deletionDate": .string(Instant.text(deleted.deletedAt)),
            ],
        ]
    }
}
