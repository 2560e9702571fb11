import Foundation
import HTTPTypes

/// The conditional headers of a request, and what they decide.
///
/// `If-Match` and `If-None-Match` outrank the dates that stand beside them. Dates count in whole seconds.
///
/// Source: <https://learn.microsoft.com/rest/api/storageservices/specifying-conditional-headers-for-blob-service-operations>
struct RequestConditions: Sendable {
    /// What the request is about to do.
    enum Purpose: Sendable {
        /// Reads: a resource that has not changed is 304.
        case read
        /// Changes what exists.
        case write
        /// Writes a whole blob, which need not exist: a forbidden overwrite is 409.
        case create
    }

    var ifMatch: [String]?
    var ifNoneMatch: [String]?
    var ifModifiedSince: Date?
    var ifUnmodifiedSince: Date?

    init() {}

    init(_ headers: HTTPFields, prefix: String = "") throws(StorageError) {
        self.ifMatch = headers.value("\(prefix)if-match").map(Self.tags)
        self.ifNoneMatch = headers.value("\(prefix)if-none-match").map(Self.tags)
        self.ifModifiedSince = try Self.date(headers, "\(prefix)if-modified-since")
        self.ifUnmodifiedSince = try Self.date(headers, "\(prefix)if-unmodified-since")
        if headers.value("\(prefix)if-tags") != nil { throw .conditionNotSupported }
    }

    /// Throws where the conditions forbid to go on; nil stands for a resource that does not exist.
    func check(_ current: Revision?, for purpose: Purpose) throws(StorageError) {
        guard let current else {
            if self.ifMatch != nil { throw .conditionNotMet }
            return
        }
        if let tags = self.ifMatch {
            guard Self.matches(tags, current.etag) else { throw .conditionNotMet }
        } else if let limit = self.ifUnmodifiedSince, current.lastModified > limit {
            throw .conditionNotMet
        }
        if let tags = self.ifNoneMatch {
            guard Self.matches(tags, current.etag) else { return }
            if purpose == .create, tags.contains("*") { throw .blobExists }
            throw purpose == .read ? .notModified : .conditionNotMet
        }
        if let limit = self.ifModifiedSince, current.lastModified <= limit {
            throw purpose == .read ? .notModified : .conditionNotMet
        }
    }

    private static func matches(_ tags: [String], _ etag: String) -> Bool {
        tags.contains { $0 == "*" || $0 == etag || "\"\($0)\"" == etag }
    }

    private static func tags(_ value: String) -> [String] {
        value.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
    }

    private static func date(_ headers: HTTPFields, _ name: String) throws(StorageError) -> Date? {
        guard let text = headers.value(name) else { return nil }
        guard let date = HTTPDate.parse(text) else { throw .invalidHeader(name, text) }
        return date
    }
}
