import EmulatorRuntime
import Foundation

/// Operations that change a blob without its content, or delete it.
///
/// Source: <https://learn.microsoft.com/rest/api/storageservices/operations-on-blobs>
extension BlobService {
    func setBlobProperties(_ call: BlobCall) throws -> EmulatedResponse {
        let headers = Self.contentHeaders(call.request)
        if let claimed = headers.md5, Data(base64Encoded: claimed)?.count != 16 { throw StorageError.invalidMD5 }
        return try self.change(call) { $0.headers = headers }
    }

    func setBlobMetadata(_ call: BlobCall) throws -> EmulatedResponse {
        let metadata = try call.request.metadata() ?? [:]
        var response = try self.change(call) { $0.metadata = metadata }
        response.set("x-ms-request-server-encrypted", "true")
        return response
    }

    /// Tags are no part of the revision.
    func setBlobTags(_ call: BlobCall) throws -> EmulatedResponse {
        let tags = try TagDocument.read(call.request.body)
        _ = try self.store.update(call.request.target.place(), renews: false) { blob in
            try call.guarded.conditions.check(blob.revision, for: .write)
            try blob.lease.checkRead(id: call.guarded.leaseID, on: .blob, at: call.now)
            blob.tags = tags
        }
        return EmulatedResponse(204)
    }

    func setBlobTier(_ call: BlobCall) throws -> EmulatedResponse {
        guard let tier = try Self.tier(call.request) else { throw StorageError.missingHeader("x-ms-access-tier") }
        _ = try self.store.update(call.request.target.place(), renews: false) { blob in
            try blob.lease.checkRead(id: call.guarded.leaseID, on: .blob, at: call.now)
            blob.tier = tier
            blob.tierChangedAt = call.now
        }
        return EmulatedResponse(200)
    }

    func deleteBlob(_ call: BlobCall) throws -> EmulatedResponse {
        try Self.refuseSnapshots(call.request)
        let snapshots = try call.request.oneOf("x-ms-delete-snapshots", ["include", "only"])
        let place = try call.request.target.place()
        try self.store.change { state in
            guard let blob = try self.store.existing(state, place).blobs[place.name]
            else { throw StorageError.blobNotFound }
            try call.guarded.checkWrite(blob, at: call.now)
            guard snapshots != "only" else { return ((), []) }
            return ((), [.deleteBlob(account: place.account, container: place.container, name: place.name)])
        }
        var response = EmulatedResponse(202)
        // Deleted blobs are not kept, whatever the service's properties say.
        response.set("x-ms-delete-type-permanent", "true")
        return response
    }

    /// Answers for a blob that was not deleted; a deleted one is gone.
    func undeleteBlob(_ call: BlobCall) throws -> EmulatedResponse {
        let place = try call.request.target.place()
        let found = try self.store.read { try self.store.existing($0, place).blobs[place.name] != nil }
        guard found else { throw StorageError.blobNotFound }
        return EmulatedResponse(200)
    }

    private func change(_ call: BlobCall, _ body: (inout StoredBlob) -> Void) throws -> EmulatedResponse {
        let (_, blob) = try self.store.update(call.request.target.place(), renews: true) { blob in
            try call.guarded.checkWrite(blob, at: call.now)
            body(&blob)
        }
        var response = EmulatedResponse(200)
        response.set(blob.revision)
        return response
    }
}
