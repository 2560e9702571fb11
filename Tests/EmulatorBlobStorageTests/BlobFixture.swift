import EmulatorBlobStorage
import EmulatorRuntime
import Foundation
import HTTPTypes
import Testing

/// A blob service with a container `vault`, spoken to without sockets.
struct BlobFixture {
    let clock = SteppedClock()
    let store: BlobStore
    let service: BlobService

    init(
        directory: String? = nil,
        journalAllowance: Int = 1000,
        _ change: (inout BlobAccountProperties) -> Void = { _ in }
    ) throws {
        var authority = StatedAuthority()
        change(&authority.properties)
        self.store = try BlobStore(directory: directory, clock: self.clock, journalAllowance: journalAllowance)
        self.service = BlobService(
            store: self.store,
            authority: authority,
            clock: self.clock,
            identifiers: CountedIdentifiers()
        )
        try self.store.createContainer(account: "acme", container: "vault")
    }

    /// Makes a request without credentials.
    static func request(_ method: HTTPRequest.Method, _ address: String, body: Data = Data()) -> EmulatedRequest {
        let parts = address.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        var request = EmulatedRequest(
            method: method,
            rawPath: parts[0],
            rawQuery: parts.count > 1 ? parts[1] : "",
            body: body
        )
        request.headers["x-ms-version"] = "2026-04-06"
        return request
    }

    /// Sends a request as the owner, unless the headers carry other credentials or `token` is nil.
    func send(
        _ method: HTTPRequest.Method,
        _ address: String,
        _ headers: KeyValuePairs<String, String> = [:],
        body: Data = Data(),
        token: String? = "owner",
        isSecure: Bool = true
    ) async -> EmulatedResponse {
        var request = Self.request(method, address, body: body)
        request.isSecure = isSecure
        if let token { request.headers["authorization"] = "Bearer \(token)" }
        for (name, value) in headers { request.headers[name] = value.isEmpty ? nil : value }
        return await self.service.respond(to: request)
    }

    /// Puts a blob of this text, and returns its entity tag.
    @discardableResult
    func put(
        _ name: String,
        _ text: String = "hello",
        _ headers: KeyValuePairs<String, String> = [:]
    ) async throws -> String {
        var request = Self.request(.put, "/acme/vault/\(name)", body: Data(text.utf8))
        request.headers["authorization"] = "Bearer owner"
        request.headers["x-ms-blob-type"] = "BlockBlob"
        for (name, value) in headers { request.headers[name] = value }
        let response = await self.service.respond(to: request)
        try #require(response.status == .created, "\(String(decoding: response.body, as: UTF8.self))")
        return try #require(response.headers[.eTag])
    }

    /// Reads a blob's text.
    func text(_ name: String) async -> String { await self.send(.get, "/acme/vault/\(name)").text }
}

extension HTTPFields {
    /// A field by its name.
    subscript(name: String) -> String? {
        get { HTTPField.Name(name).flatMap { self[$0] } }
        set { if let name = HTTPField.Name(name) { self[name] = newValue } }
    }
}

extension EmulatedResponse {
    var text: String { String(decoding: self.body, as: UTF8.self) }
    var code: String? { self.headers["x-ms-error-code"] }

    /// Status and code in one word, to compare by.
    var outcome: String { self.code.map { "\(self.status.code) \($0)" } ?? String(self.status.code) }

    /// The texts of all elements of a name.
    func values(_ element: String) -> [String] {
        self.text.components(separatedBy: "<\(element)>").dropFirst()
            .compactMap { $0.components(separatedBy: "</\(element)>").first }
    }
}
