import EmulatorRuntime
import Foundation
import HTTPTypes

/// A request to blob storage, taken apart as far as every operation needs it.
struct BlobRequest: Sendable {
    var method: HTTPRequest.Method
    var rawPath: String
    var rawQuery: String
    var target: BlobTarget
    /// The query by lower-case names, percent-decoded; the first of two of one name counts.
    var query: [String: String]
    var headers: HTTPFields
    var body: Data
    var isSecure: Bool
    var origin: String
    /// Where the request came from.
    var remoteAddress: String
    var isTrustedService: Bool
    /// The version of the batch that the request is a part of.
    var inheritedVersion: String?

    init(_ request: EmulatedRequest) throws(StorageError) {
        self.method = request.method
        self.rawPath = request.rawPath
        self.rawQuery = request.rawQuery
        self.target = try BlobTarget(rawPath: request.rawPath)
        self.query = Dictionary(
            request.queryItems.map { ($0.name.lowercased(), $0.value) },
            uniquingKeysWith: { first, _ in first }
        )
        self.headers = request.headers
        self.body = request.body
        self.isSecure = request.isSecure
        self.origin = request.origin
        self.remoteAddress = request.remoteAddress
        self.isTrustedService = request.isTrustedService
    }

    /// The version of the blob that the request is about; nil for the current one.
    var versionID: String? { self.query["versionid"].flatMap { $0.isEmpty ? nil : $0 } }

    func header(_ name: String) -> String? { self.headers.value(name) }

    /// A header that must be there.
    func required(_ name: String) throws(StorageError) -> String {
        guard let value = self.header(name), !value.isEmpty else { throw .missingHeader(name) }
        return value
    }

    /// A header that must be one of a few words, if it is there.
    func oneOf(_ name: String, _ words: [String]) throws(StorageError) -> String? {
        guard let value = self.header(name) else { return nil }
        guard let word = words.first(where: { $0.caseInsensitiveCompare(value) == .orderedSame })
        else { throw .invalidHeader(name, value) }
        return word
    }

    func flag(_ name: String) throws(StorageError) -> Bool { try self.oneOf(name, ["true", "false"]) == "true" }

    /// The protocol version asked for; nil where the request names none.
    func version() throws(StorageError) -> String? {
        guard let version = self.header("x-ms-version") else { return self.inheritedVersion }
        let parts = version.split(separator: "-", omittingEmptySubsequences: false)
        let isDate =
            parts.map(\.utf8.count) == [4, 2, 2] && parts.allSatisfy { $0.utf8.allSatisfy { (48...57).contains($0) } }
        guard isDate else { throw .invalidHeader("x-ms-version", version) }
        return version
    }

    func leaseID() throws(StorageError) -> String? {
        try self.header("x-ms-lease-id").map { value throws(StorageError) in
            try LeaseIdentifier.parse(value, header: "x-ms-lease-id")
        }
    }

    /// The metadata of `x-ms-meta-` headers; nil where the request has none.
    func metadata() throws(StorageError) -> [String: String]? {
        var result: [String: String] = [:]
        for field in self.headers where field.name.canonicalName.hasPrefix("x-ms-meta-") {
            let name = String(field.name.rawName.dropFirst("x-ms-meta-".count))
            if let existing = result.keys.first(where: { $0.lowercased() == name.lowercased() }) {
                result[existing]?.append(",\(field.value)")
            } else {
                result[name] = field.value
            }
        }
        if self.headers.contains(where: { $0.name.canonicalName == "x-ms-meta" }) { throw .emptyMetadataKey }
        guard !result.isEmpty else { return nil }
        try ResourceNames.checkMetadata(result)
        return result
    }
}
