import EmulatorRuntime
import Foundation

/// Leases on containers and blobs; they leave the entity tag as it is.
///
/// Sources: <https://learn.microsoft.com/rest/api/storageservices/lease-blob>,
/// <https://learn.microsoft.com/rest/api/storageservices/lease-container>
extension BlobService {
    func leaseBlob(_ call: BlobCall) throws -> EmulatedResponse {
        let order = try LeaseOrder(call.request, newID: self.identifiers.nextText)
        let (outcome, blob) = try self.store.update(call.request.target.place(), .aside) { blob in
            try call.guarded.conditions.check(blob.revision, for: .write)
            return try order.apply(to: &blob.lease, at: call.now)
        }
        return Self.response(outcome, blob.revision)
    }

    func leaseContainer(_ call: BlobCall) throws -> EmulatedResponse {
        let order = try LeaseOrder(call.request, newID: self.identifiers.nextText)
        let name = try call.request.target.containerName()
        let (outcome, revision) = try self.store.change { state in
            guard var container = state.container(call.account.name, name)?.container
            else { throw StorageError.containerNotFound }
            try call.guarded.conditions.check(container.revision, for: .write)
            let outcome = try order.apply(to: &container.lease, at: call.now)
            return ((outcome, container.revision), [.putContainer(account: call.account.name, container)])
        }
        return Self.response(outcome, revision)
    }

    private static func response(_ outcome: LeaseOrder.Outcome, _ revision: Revision) -> EmulatedResponse {
        var response = EmulatedResponse(outcome.status)
        response.set(revision)
        response.set("x-ms-lease-id", outcome.id)
        response.set("x-ms-lease-time", outcome.seconds.map { String($0) })
        return response
    }
}
