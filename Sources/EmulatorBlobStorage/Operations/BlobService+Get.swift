import EmulatorRuntime
import Foundation
import HTTPTypes

/// Operations that read a blob.
///
/// Sources: <https://learn.microsoft.com/rest/api/storageservices/get-blob>,
/// <https://learn.microsoft.com/rest/api/storageservices/get-blob-properties>
extension BlobService {
    private static let maximumDigestedRange = 4 << 20

    func getBlob(_ call: BlobCall) throws -> EmulatedResponse {
        try Self.refuseSnapshots(call.request)
        let ranged = try ByteRange(call.request)
        let wantsDigest = try call.request.flag("x-ms-range-get-content-md5")
        if wantsDigest, ranged == nil {
            throw StorageError.invalidHeader("x-ms-range-get-content-md5", "true")
        }
        let place = try call.request.target.place()
        try self.requireContainer(place)
        let found = try self.store.contentOf(place, version: call.request.versionID) { blob in
            try call.guarded.checkRead(blob, at: call.now)
            if blob.isArchived { throw StorageError.blobArchived }
            guard let ranged else { return 0..<blob.contentLength }
            let range = try ranged.resolved(length: blob.contentLength)
            if wantsDigest, range.count > Self.maximumDigestedRange { throw StorageError.outOfRangeInput }
            return range
        }
        guard let (blob, data) = found else { throw StorageError.blobNotFound }
        var response = EmulatedResponse(ranged == nil ? 200 : 206)
        try self.describe(blob, in: &response, call)
        response.body = data
        response.headers[.contentLength] = String(data.count)
        if let ranged {
            let range = try ranged.resolved(length: blob.contentLength)
            response.set("Content-Range", "bytes \(range.lowerBound)-\(range.upperBound - 1)/\(blob.contentLength)")
            response.set("x-ms-blob-content-md5", blob.headers.md5)
            if wantsDigest { response.set("Content-MD5", ContentDigest.md5(data)) }
        } else {
            response.set("Content-MD5", blob.headers.md5)
        }
        return response
    }

    func getBlobProperties(_ call: BlobCall) throws -> EmulatedResponse {
        let blob = try self.blob(call)
        var response = EmulatedResponse(200)
        try self.describe(blob, in: &response, call)
        response.headers[.contentLength] = String(blob.contentLength)
        response.set("Content-MD5", blob.headers.md5)
        response.set("x-ms-access-tier", blob.tier ?? "Hot")
        response.set("x-ms-access-tier-inferred", blob.tier == nil ? "true" : nil)
        response.set("x-ms-access-tier-change-time", blob.tierChangedAt.map(HTTPDate.text))
        return response
    }

    func getBlobMetadata(_ call: BlobCall) throws -> EmulatedResponse {
        let blob = try self.blob(call)
        var response = EmulatedResponse(200)
        response.set(blob.revision)
        response.set(metadata: blob.metadata)
        return response
    }

    func getBlobTags(_ call: BlobCall) throws -> EmulatedResponse {
        EmulatedResponse.xml(TagDocument.write(try self.blob(call).tags))
    }

    /// Finds the blob that the path names, and checks that it may be read.
    func blob(_ call: BlobCall) throws -> StoredBlob {
        try Self.refuseSnapshots(call.request)
        let place = try call.request.target.place()
        let version = call.request.versionID
        let found = try self.store.read { try self.store.existing($0, place).blob(place.name, version: version) }
        guard let found else { throw StorageError.blobNotFound }
        try call.guarded.checkRead(found, at: call.now)
        return found
    }

    /// There are no snapshots, so none is ever found.
    static func refuseSnapshots(_ request: BlobRequest) throws(StorageError) {
        if request.query["snapshot"] != nil { throw .blobNotFound }
    }

    /// Tells all there is to tell about a blob beside its content.
    private func describe(_ blob: StoredBlob, in response: inout EmulatedResponse, _ call: BlobCall) throws {
        response.describe(blob, at: call.now)
        let place = try call.request.target.place()
        let (isCurrent, immutability) = try self.store.read { state in
            let container = try self.store.existing(state, place)
            let isCurrent = container.blobs[place.name]?.versionID == blob.versionID
            return (isCurrent, self.store.immutability(of: blob, in: container))
        }
        if blob.versionID != nil, isCurrent { response.set("x-ms-is-current-version", "true") }
        response.set(policy: blob.protection)
        if blob.protection?.hasLegalHold == true { response.set("x-ms-legal-hold", "true") }
        guard call.account.answers.showsContainerImmutability else { return }
        if let until = immutability.containerUntil {
            response.set(policy: BlobProtection(until: until, isLocked: true))
        }
        if immutability.containerIsHeld { response.set("x-ms-legal-hold", "true") }
    }

    func requireContainer(_ place: BlobPlace) throws {
        _ = try self.store.read { try self.store.existing($0, place).container.name }
    }
}
