import EmulatorRuntime
import Foundation

/// Operations that change a blob without its content.
///
/// Source: <https://learn.microsoft.com/rest/api/storageservices/operations-on-blobs>
extension BlobService {
    func setBlobProperties(_ call: BlobCall) throws -> EmulatedResponse {
        let headers = Self.contentHeaders(call.request)
        if let claimed = headers.md5, Data(base64Encoded: claimed)?.count != 16 { throw StorageError.invalidMD5 }
        return try self.change(call, .headers) { $0.headers = headers }
    }

    func setBlobMetadata(_ call: BlobCall) throws -> EmulatedResponse {
        let metadata = try call.request.metadata() ?? [:]
        var response = try self.change(call, .metadata) { $0.metadata = metadata }
        response.set("x-ms-request-server-encrypted", "true")
        return response
    }

    /// Tags are no part of the revision.
    func setBlobTags(_ call: BlobCall) throws -> EmulatedResponse {
        let tags = try TagDocument.read(call.request.body)
        _ = try self.store.update(call.request.target.place(), .aside) { blob in
            try call.guarded.conditions.check(blob.revision, for: .write)
            try blob.lease.checkRead(id: call.guarded.leaseID, on: .blob, at: call.now)
            blob.tags = tags
        }
        return EmulatedResponse(204)
    }

    /// What is archived comes back at once: the hours that it takes in Azure are not told apart.
    func setBlobTier(_ call: BlobCall) throws -> EmulatedResponse {
        guard let tier = try Self.namedTier(call.request) else { throw StorageError.missingHeader("x-ms-access-tier") }
        _ = try self.store.update(call.request.target.place(), .aside) { blob in
            try blob.lease.checkRead(id: call.guarded.leaseID, on: .blob, at: call.now)
            blob.tier = tier
            blob.tierChangedAt = call.now
        }
        return EmulatedResponse(200)
    }

    private func change(
        _ call: BlobCall,
        _ update: BlobStore.Update,
        _ body: (inout StoredBlob) -> Void
    ) throws -> EmulatedResponse {
        let (_, blob) = try self.store.update(call.request.target.place(), update) { blob in
            try call.guarded.checkWrite(blob, at: call.now)
            body(&blob)
        }
        var response = EmulatedResponse(200)
        response.set(blob.revision)
        response.set("x-ms-version-id", blob.versionID)
        return response
    }
}
