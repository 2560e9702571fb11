package import BackupDomain
package import FoundationEssentials

/// Records as bytes: indented JSON, since the day may come when a person must read them without us.
package enum RecordCoding {
    /// The most bytes a record may have; the service's own resource is the bulk of it.
    package static let cap = 4 * 1024 * 1024

    /// Writes a record, or another document of the catalog.
    ///
    /// - Parameters:
    ///   - document: The record.
    ///   - path: Where it will lie in the catalog; nil where that is elsewhere.
    /// - Returns: UTF-8 JSON with a line break at the end.
    /// - Throws: `EncodingError`, for a number that JSON cannot hold.
    package static func encode<Document: CatalogDocument>(_ document: Document, path: String? = nil) throws -> Data {
        var content = try JSONEncoder.stable(pretty: true).encode(document)
        content.append(UInt8(ascii: "\n"))
        if let path { RememberedDocuments.current?.remember(document, as: content, at: path) }
        return content
    }

    /// Reads a record.
    ///
    /// - Parameters:
    ///   - content: The bytes.
    ///   - path: Where they came from, for the error.
    /// - Returns: The record.
    /// - Throws: ``BackupDomain/BackupError`` with code `recordUnreadable` where it is damaged, `recordTooNew` where it is newer
    ///   than this program.
    package static func decode(_ content: Data, path: String) throws -> RunRecord {
        try Self.decode(RunRecord.self, content, path: path)
    }

    /// Reads any document of the catalog.
    ///
    /// - Parameters:
    ///   - type: What it is.
    ///   - content: The bytes.
    ///   - path: Where they came from, for the error.
    /// - Returns: The document.
    /// - Throws: ``BackupDomain/BackupError`` with code `recordUnreadable` where it is damaged, `recordTooNew` where it is newer
    ///   than this program.
    package static func decode<Document: CatalogDocument>(
        _ type: Document.Type,
        _ content: Data,
        path: String
    ) throws -> Document {
        if let known = RememberedDocuments.current?.document(type, of: content, at: path) { return known }
        do {
            let document = try JSONDecoder.stable().decode(type, from: content)
            try Self.require(document.version, content, path, newest: type.currentVersion)
            RememberedDocuments.current?.remember(document, as: content, at: path)
            return document
        } catch let error as DecodingError {
            // What a newer release wrote may lack what we look for.
            if let header = try? JSONDecoder.stable().decode(Header.self, from: content) {
                try Self.require(header.version, content, path, newest: type.currentVersion)
            }
            throw BackupError(
                .recordUnreadable,
                "\(path) cannot be read: \(Self.reason(error)).",
                remedy: "Runs pass it over. What it told is lost unless the account keeps earlier versions of blobs."
            )
        }
    }

    /// Reads of a record only whether it is final: most that are looked through are.
    ///
    /// - Parameters:
    ///   - content: The bytes.
    ///   - path: Where they came from, for the error.
    /// - Returns: Whether the run has ended.
    /// - Throws: ``BackupDomain/BackupError`` with code `recordUnreadable` where it is damaged, `recordTooNew` where it is newer
    ///   than this program.
    static func isFinal(_ content: Data, path: String) throws -> Bool {
        if let known = RememberedDocuments.current?.document(RunRecord.self, of: content, at: path) {
            return known.state == .ended
        }
        return try Self.decode(RecordedState.self, content, path: path).state == .ended
    }

    /// Reads what a record of a newer format says of itself.
    ///
    /// - Parameters:
    ///   - content: The bytes.
    ///   - run: The run's id.
    /// - Returns: What may be said of it; nil where it is of no newer format.
    package static func refused(_ content: Data, run: RunID) -> RefusedRecord? {
        guard let header = try? JSONDecoder.stable().decode(Header.self, from: content),
            header.version > RunRecord.currentVersion
        else { return nil }
        return RefusedRecord(
            run: run,
            formatVersion: header.version,
            program: header.program,
            isEnded: header.state == RunState.ended.rawValue
        )
    }

    private static func require(_ version: Int, _ content: Data, _ path: String, newest: Int) throws {
        guard version > newest else { return }
        let header = try? JSONDecoder.stable().decode(Header.self, from: content)
        throw BackupError(
            .recordTooNew,
            "\(path) is of a newer version, refused: it has format \(version), this program reads up to \(newest).",
            remedy: RefusedRecord.remedy(header?.program.flatMap(RefusedRecord.release))
        )
    }

    /// What documents of all formats have in common; what has another type in a newer one says nothing.
    private struct Header: Decodable {
        var version: Int
        var program: String?
        var state: String?

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            self.version = try container.decode(Int.self, forKey: .version)
            self.program = try? container.decode(String.self, forKey: .program)
            self.state = try? container.decode(String.self, forKey: .state)
        }

        private enum CodingKeys: String, CodingKey {
            case version, program, state
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
        case .dataCorrupted(let context):
            // Some of these are sentences, and it goes into one.
            "\(context.debugDescription.hasSuffix(".") ? String(context.debugDescription.dropLast()) : context.debugDescription)"
                + place(context)
        @unknown default: "\(error)"
        }
    }
}

/// What a record says of how far its run has come, and nothing else of it.
private struct RecordedState: CatalogDocument {
    static let currentVersion = RunRecord.currentVersion

    var version: Int
    var state: RunState
}
