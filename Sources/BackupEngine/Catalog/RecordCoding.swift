package import BackupDomain
package import FoundationEssentials

/// Records as bytes: indented JSON, since the day may come when a person must read them without us.
package enum RecordCoding {
    /// The most bytes a record may have; the service's own resource is the bulk of it.
    package static let cap = 4 * 1024 * 1024

    /// Writes a record.
    ///
    /// - Parameter record: The record.
    /// - Returns: UTF-8 JSON with a line break at the end.
    /// - Throws: `EncodingError`, for a number that JSON cannot hold.
    package static func encode(_ record: RunRecord) throws -> Data {
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
        struct Header: Decodable { var version: Int }
        do {
            let header = try JSONDecoder.stable().decode(Header.self, from: content)
            guard header.version <= RunRecord.currentVersion else {
                throw BackupError(
                    .recordUnreadable,
                    "The record \(path) has format version \(header.version); this program reads up to "
                        + "\(RunRecord.currentVersion).",
                    remedy: "Use the release that wrote it, or a newer one."
                )
            }
            return try JSONDecoder.stable().decode(RunRecord.self, from: content)
        } catch let error as DecodingError {
            throw BackupError(.recordUnreadable, "The record \(path) cannot be read: \(Self.reason(error)).")
        }
    }

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
