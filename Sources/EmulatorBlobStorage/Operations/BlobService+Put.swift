import EmulatorRuntime
import Foundation

/// Operations that write a blob's content.
///
/// Sources: <https://learn.microsoft.com/rest/api/storageservices/put-blob>,
/// <https://learn.microsoft.com/rest/api/storageservices/put-block>,
/// <https://learn.microsoft.com/rest/api/storageservices/put-block-list>
extension BlobService {
    /// Azure takes up to 5,000 MiB in one request of today's versions; here it is what version 2016-05-31 took.
    static let maximumBlobLength = 256 << 20
    static let maximumBlockLength = 100 << 20
    static let maximumBlockCount = 50_000

    func putBlob(_ call: BlobCall) throws -> EmulatedResponse {
        let request = call.request
        guard let type = try request.oneOf("x-ms-blob-type", ["BlockBlob", "PageBlob", "AppendBlob"])
        else { throw StorageError.missingHeader("x-ms-blob-type") }
        guard type == "BlockBlob" else { throw StorageError.notEmulated(type) }
        guard request.body.count <= Self.maximumBlobLength
        else { throw StorageError.bodyTooLarge(limit: Self.maximumBlobLength) }
        var draft = try self.draft(request, fallsBackToContentHeaders: true)
        let md5 = ContentDigest.md5(request.body)
        for claimed in [request.header("content-md5"), draft.headers.md5].compactMap(\.self) {
            try ContentDigest.check(claimed, against: md5)
        }
        draft.headers.md5 = md5
        let blob = try self.store.put(draft, content: request.body, at: request.target.place(), for: call.guarded)
        return Self.written(blob, contentMD5: md5)
    }

    func putBlock(_ call: BlobCall) throws -> EmulatedResponse {
        let request = call.request
        guard let id = request.query["blockid"], !id.isEmpty else { throw StorageError.missingQuery("blockid") }
        try Self.checkBlockID(id)
        guard !request.body.isEmpty else { throw StorageError.invalidHeader("Content-Length", "0") }
        guard request.body.count <= Self.maximumBlockLength
        else { throw StorageError.bodyTooLarge(limit: Self.maximumBlockLength) }
        let md5 = ContentDigest.md5(request.body)
        if let claimed = request.header("content-md5") { try ContentDigest.check(claimed, against: md5) }
        try self.store.stage(
            request.body,
            id: id,
            at: request.target.place(),
            leaseID: call.guarded.leaseID,
            mayOnlyCreate: call.guarded.mayOnlyCreate
        )
        var response = EmulatedResponse(201)
        response.set("Content-MD5", md5)
        response.set("x-ms-request-server-encrypted", "true")
        return response
    }

    func putBlockList(_ call: BlobCall) throws -> EmulatedResponse {
        let request = call.request
        if let claimed = request.header("content-md5") {
            try ContentDigest.check(claimed, against: ContentDigest.md5(request.body))
        }
        let list = try BlockListDocument.read(request.body)
        let draft = try self.draft(request, fallsBackToContentHeaders: false)
        if let claimed = draft.headers.md5, Data(base64Encoded: claimed)?.count != 16 { throw StorageError.invalidMD5 }
        let blob = try self.store.commit(list, draft, at: request.target.place(), for: call.guarded)
        return Self.written(blob, contentMD5: nil)
    }

    func getBlockList(_ call: BlobCall) throws -> EmulatedResponse {
        let kind = call.request.query["blocklisttype"]?.lowercased() ?? "committed"
        guard ["committed", "uncommitted", "all"].contains(kind)
        else { throw StorageError.invalidQuery("blocklisttype", kind) }
        if call.request.query["snapshot"] != nil { throw StorageError.blobNotFound }
        let place = try call.request.target.place()
        let (blob, staged) = try self.store.read { state in
            let container = try self.store.existing(state, place)
            return (container.blobs[place.name], container.staged[place.name])
        }
        guard blob != nil || staged != nil else { throw StorageError.blobNotFound }
        try blob.map { try call.guarded.checkRead($0, at: call.now) }
        var response = EmulatedResponse.xml(
            BlockListDocument.write(
                committed: kind == "uncommitted" ? nil : blob?.blocks.filter { $0.id != nil } ?? [],
                uncommitted: kind == "committed" ? nil : staged?.all ?? []
            )
        )
        if let blob { response.set(blob.revision) }
        response.set("x-ms-blob-content-length", String(blob?.contentLength ?? 0))
        return response
    }

    static func checkBlockID(_ id: String) throws(StorageError) {
        guard let bytes = Data(base64Encoded: id), (1...64).contains(bytes.count) else {
            throw .invalidQuery("blockid", id, reason: "Not a valid base64 string.")
        }
    }

    static func written(_ blob: StoredBlob, contentMD5: String?) -> EmulatedResponse {
        var response = EmulatedResponse(201)
        response.set(blob.revision)
        response.set("x-ms-version-id", blob.versionID)
        response.set("Content-MD5", contentMD5)
        response.set("x-ms-request-server-encrypted", "true")
        return response
    }
}
