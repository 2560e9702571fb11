import EmulatorRuntime
import Foundation
import HTTPTypes

/// Copies within an account, which are done when the answer goes out.
///
/// Sources: <https://learn.microsoft.com/rest/api/storageservices/copy-blob>,
/// <https://learn.microsoft.com/rest/api/storageservices/put-blob-from-url>
extension BlobService {
    func copyBlob(_ call: BlobCall, answers status: Int) throws -> EmulatedResponse {
        let request = call.request
        if let type = request.header("x-ms-blob-type"), type != "BlockBlob" { throw StorageError.notEmulated(type) }
        let address = try request.required("x-ms-copy-source")
        let source = try self.sourceRequest(address, call)
        try self.checkMayRead(source, call)
        let conditions = try RequestConditions(request.headers, prefix: "x-ms-source-")
        let found = try self.store.contentOf(source.target.place(), version: source.versionID) { blob in
            do {
                try conditions.check(blob.revision, for: .write)
            } catch {
                throw StorageError.sourceConditionNotMet
            }
            guard blob.contentLength <= Self.maximumBlobLength else {
                throw StorageError.bodyTooLarge(limit: Self.maximumBlobLength)
            }
            return 0..<blob.contentLength
        }
        guard let (blob, data) = found else { throw StorageError.cannotVerifyCopySource }
        var draft = try self.draft(request, fallsBackToContentHeaders: false)
        let copyID = self.identifiers.nextText()
        draft.headers = blob.headers
        if try request.metadata() == nil { draft.metadata = blob.metadata }
        draft.copy = BlobCopy(id: copyID, source: address, length: data.count, completedAt: call.now)
        let copy = try self.store.put(draft, content: data, at: request.target.place(), for: call.guarded)
        var response = EmulatedResponse(status)
        response.set(copy.revision)
        response.set("x-ms-version-id", copy.versionID)
        response.set("x-ms-copy-id", status == 202 ? copyID : nil)
        response.set("x-ms-copy-status", status == 202 ? "success" : nil)
        response.set("Content-MD5", status == 201 ? copy.headers.md5 : nil)
        response.set("x-ms-request-server-encrypted", "true")
        return response
    }

    func abortCopy(_ call: BlobCall) throws -> EmulatedResponse {
        guard call.request.query["copyid"] != nil else { throw StorageError.missingQuery("copyid") }
        _ = try self.blob(call)
        throw StorageError.noPendingCopy
    }

    /// Makes the request that would read the source.
    private func sourceRequest(_ address: String, _ call: BlobCall) throws -> BlobRequest {
        guard let url = URLComponents(string: address), url.scheme != nil, url.host != nil
        else { throw StorageError.invalidHeader("x-ms-copy-source", address) }
        var path = url.percentEncodedPath
        // An address by the account's own host name, where the path begins with the container.
        let host = url.host ?? ""
        if host.hasPrefix("\(call.account.name).") { path = "/\(call.account.name)\(path)" }
        var headers = HTTPFields()
        headers[.authorization] = call.request.header("x-ms-copy-source-authorization")
        headers.set("x-ms-version", call.request.header("x-ms-version"))
        let raw = EmulatedRequest(
            method: .get,
            rawPath: path,
            rawQuery: url.percentEncodedQuery ?? "",
            headers: headers,
            isSecure: call.request.isSecure,
            origin: call.request.origin
        )
        let source = try BlobRequest(raw)
        guard source.target.account == call.account.name, source.target.blob != nil
        else { throw StorageError.cannotVerifyCopySource }
        try source.target.check()
        try Self.refuseSnapshots(source)
        return source
    }

    /// The source's own credentials count; without any, those of the request do.
    private func checkMayRead(_ source: BlobRequest, _ call: BlobCall) throws {
        let authenticator = BlobAuthenticator(authority: self.authority, store: self.store, now: call.now)
        var access = try authenticator.authenticate(source, call.account)
        if case .anonymous = access { access = call.access }
        if case .signature(let grant) = access, case .blob = grant.scope, source.query["sig"] == nil {
            // A signature for the destination blob says nothing about another.
            throw StorageError.cannotVerifyCopySource
        }
        _ = try BlobAuthorizer(authority: self.authority, store: self.store)
            .authorize(.getBlob, access, source.target, call.account, version: call.request.version())
    }
}
