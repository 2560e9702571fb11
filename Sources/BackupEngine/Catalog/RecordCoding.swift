package import BackupDomain
package import FoundationEssentials

/// Records as bytes: indented JSON, since the day may come when a person must read them without us.
package enum RecordCoding {
    /// The most bytes a record may have; the service's own resource is the bulk of it.
    package static let cap = 4 * 1024 * 1024

    /// Writes a record, or another document of the catalog.
    ///
    /// - Parameter record: The record.
    /// - Returns: UTF-8 JSON with a line break at the end.
    /// - Throws: `EncodingError`, for a number that JSON cannot hold.
    package static func encode(_ record: some Encodable) throws -> Data {
        try JSONEncoder.stable(pretty: true).encode(record) + Data("\n".utf8)
    }

    /// Reads a record.
    ///
    /// - Parameters:
    ///   - content: The bytes.
    ///   - path: Where they came from, for the error.
    /// - Returns: The record.
    /// - Throws: ``BackupDomain/BackupError`` with code `recordUnreadable` where it is damaged or newer than this program.
    package static func decode(_ content: Data, path: String) throws -> RunRecord {
        try Self.decode(RunRecord.self, content, path: path, newest: RunRecord.currentVersion)
    }

    /// Reads any document of the catalog that carries a version.
    ///
    /// - Parameters:
    ///   - type: What it is.
    ///   - content: The bytes.
    ///   - path: Where they came from, for the error.
    ///   - newest: The newest format that this program reads.
    /// - Returns: The document.
    /// - Throws: ``BackupDomain/BackupError`` with code `recordUnreadable` where it is damaged or newer than this program.
    package static func decode<Document: Decodable>(
        _ type: Document.Type,
        _ content: Data,
        path: String,
        newest: Int
    ) throws -> Document {
        do {
            let header = try JSONDecoder.stable().decode(Header.self, from: content)
            guard header.version <= newest else {
                throw BackupError(
                    .recordUnreadable,
                    "\(path) has format version \(header.version); this program reads up to \(newest).",
                    remedy: "Use the release that wrote it, or a newer one."
                )
            }
            return try JSONDecoder.stable().decode(type, from: content)
        } catch let error as DecodingError {
            throw BackupError(.recordUnreadable, "\(path) cannot be read: \(Self.reason(error)).")
        }
    }

    private struct Header: Decodable { var version: Int }

    private static func reason(_ error: DecodingError) -> String {
        func place(_ context: DecodingError.Context) -> String {
            let path = context.codingPath.map(\.stringValue).joined(separator: ".")
            return path.isEmpty ? "" : " at \(path)"
        }
        return switch error {
        case .keyNotFound(let key, let context): "'\(key.stringValue)' is missing\(place(context))"
        case .typeMismatch(_, let context), .valueNotFound(_, let context): "wrong type\(place(context))"
        case .dataCorrupted(let context): "\(context.debugDescription)\(place(context))"
        @unknown default: "\(error)"
        }
    }
}
