package import EmulatorRuntime
import Foundation
import HTTPTypes

/// The blob service, addressed path-style: `/ACCOUNT/CONTAINER/BLOB`.
///
/// Source: <https://learn.microsoft.com/rest/api/storageservices/blob-service-rest-api>
package struct BlobService: EmulatedService {
    let store: BlobStore
    let authority: any BlobAuthority
    let clock: any EmulatorClock
    let identifiers: any IdentifierSource

    /// Creates the service.
    ///
    /// - Parameters:
    ///   - store: What is stored.
    ///   - authority: The accounts, and who may do what.
    ///   - clock: What time it is; the store's own.
    ///   - identifiers: Where request ids, lease ids and copy ids come from.
    package init(
        store: BlobStore,
        authority: any BlobAuthority,
        clock: any EmulatorClock,
        identifiers: any IdentifierSource = RandomIdentifiers()
    ) {
        self.store = store
        self.authority = authority
        self.clock = clock
        self.identifiers = identifiers
    }

    package func respond(to request: EmulatedRequest) async -> EmulatedResponse { self.answer(request, inBatchOf: nil) }

    /// Answers a request, or one part of a batch.
    func answer(_ request: EmulatedRequest, inBatchOf batch: BlobRequest?) -> EmulatedResponse {
        let requestID = self.identifiers.nextText()
        var response: EmulatedResponse
        do {
            response = try self.run(request, batch)
        } catch let refusal as StorageError {
            response = ErrorBody(requestID: requestID, now: self.clock.now).response(refusal)
        } catch {
            // Only a failing disk gets here.
            let failure = StorageError(500, "InternalError", "Server encountered an internal error. Please try again.")
            response = ErrorBody(requestID: requestID, now: self.clock.now).response(failure)
        }
        if request.method == .head {
            if response.headers.value("x-ms-error-code") != nil { response.headers[.contentType] = nil }
            if !response.body.isEmpty {
                let length = response.headers[.contentLength] ?? String(response.body.count)
                response.headers[.contentLength] = response.headers.value("x-ms-error-code") == nil ? length : "0"
                response.body = Data()
            }
        }
        response.headers.set("Server", "Windows-Azure-Blob/1.0 Microsoft-HTTPAPI/2.0")
        response.headers.set("x-ms-request-id", requestID)
        response.headers.set(
            "x-ms-version",
            request.headers.value("x-ms-version") ?? batch?.header("x-ms-version") ?? request.query("sv")
        )
        if let own = request.headers.value("x-ms-client-request-id"), own.utf8.count <= 1024 {
            response.headers.set("x-ms-client-request-id", own)
        }
        return response
    }

    private func run(_ raw: EmulatedRequest, _ batch: BlobRequest?) throws -> EmulatedResponse {
        var request = try BlobRequest(raw)
        // A part is of its batch's version; as a header it would be signed, which clients do not expect.
        request.inheritedVersion = batch?.header("x-ms-version")
        let version = try request.version()
        let authenticator = BlobAuthenticator(authority: self.authority, store: self.store, now: self.clock.now)
        let account = try authenticator.account(for: request)
        let operation = try BlobOperation(request)
        if batch != nil, ![.deleteBlob, .deleteBlobVersion, .setBlobTier].contains(operation) {
            throw StorageError.invalidInput
        }
        let access = try authenticator.authenticate(request, account)
        try request.target.check()
        let permission = try BlobAuthorizer(authority: self.authority, store: self.store)
            .authorize(operation, access, request.target, account, version: version)
        let conditions = try RequestConditions(request.headers)
        var guarded = BlobGuard(conditions: conditions, leaseID: try request.leaseID())
        guarded.mayOnlyCreate = permission == .createOnly
        let call = BlobCall(
            request: request,
            account: account,
            access: access,
            guarded: guarded,
            now: self.clock.now
        )
        var response = try self.perform(operation, call)
        if case .signature(let grant) = access, operation == .getBlob || operation == .getBlobProperties {
            for item in grant.overrides { response.headers.set(item.header, item.value) }
        }
        return response
    }
}
