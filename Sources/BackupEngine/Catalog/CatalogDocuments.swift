package import BackupDomain
import FoundationEssentials

/// The catalog's documents other than records of runs: JSON, versioned, each change fenced by the version it replaces.
package struct CatalogDocuments: Sendable {
    /// The most bytes that a document may have.
    private static let cap = 1 << 20
    /// How often a change is tried anew when others change the same document.
    private static let attempts = 5
    /// How many documents are read at once.
    private static let width = 16

    private let storage: any BlobStorage
    private let container: String

    /// Opens the documents.
    ///
    /// - Parameters:
    ///   - storage: The account's blob service.
    ///   - container: The container of records.
    package init(storage: any BlobStorage, container: String) {
        self.storage = storage
        self.container = container
    }

    /// Makes the container, private, where there is none.
    ///
    /// - Throws: ``BackupDomain/BackupError``
    package func makeContainer() async throws { try await self.storage.createContainer(self.container) }

    /// Reads one document.
    ///
    /// - Parameters:
    ///   - type: What it is.
    ///   - path: Where it lies.
    /// - Returns: The document and its version, or nil where there is none.
    /// - Throws: ``BackupDomain/BackupError`` with code `recordUnreadable` where it is damaged, `recordTooNew` where
    ///   it is newer than this program.
    package func read<Document: CatalogDocument>(
        _ type: Document.Type,
        at path: String
    ) async throws -> (document: Document, version: ETag)? {
        try await self.read(type, at: path, in: self.storage)
    }

    private func read<Document: CatalogDocument>(
        _ type: Document.Type,
        at path: String,
        in storage: any BlobStorage
    ) async throws -> (document: Document, version: ETag)? {
        let found: (content: Data, etag: ETag)?
        do {
            found = try await storage.read(path, in: self.container, cap: Self.cap)
        } catch let error as BackupError where error.code == .notFound {
            // A catalog that nobody has written to yet holds nothing.
            return nil
        }
        guard let (content, etag) = found else { return nil }
        return (try RecordCoding.decode(type, content, path: path), etag)
    }

    /// Changes a document, or makes it, as often as others get in between; makes the container too, where there is none.
    ///
    /// - Parameters:
    ///   - path: Where it lies.
    ///   - initial: What is changed where there is none.
    ///   - body: The change; it may be made several times, each time on what is there then.
    /// - Returns: The document as it was written.
    /// - Throws: ``BackupDomain/BackupError``, and what the change throws.
    @discardableResult
    package func change<Document: CatalogDocument>(
        at path: String,
        from initial: Document,
        _ body: (inout Document) throws -> Void
    ) async throws -> Document {
        try await self.change(at: path, from: initial, isNeeded: { _, _ in true }, body)
    }

    /// Changes a document as ``change(at:from:_:)`` does, and writes nothing where nothing changed.
    ///
    /// - Parameters:
    ///   - path: Where it lies.
    ///   - initial: What is changed where there is none.
    ///   - body: The change; it may be made several times, each time on what is there then.
    /// - Returns: The document as it is then.
    /// - Throws: ``BackupDomain/BackupError``, and what the change throws.
    @discardableResult
    package func update<Document: CatalogDocument & Equatable>(
        at path: String,
        from initial: Document,
        _ body: (inout Document) throws -> Void
    ) async throws -> Document {
        try await self.change(at: path, from: initial, isNeeded: { $0 != $1 }, body)
    }

    private func change<Document: CatalogDocument>(
        at path: String,
        from initial: Document,
        isNeeded: (_ before: Document, _ after: Document) -> Bool,
        _ body: (inout Document) throws -> Void
    ) async throws -> Document {
        var attempt = 1
        while true {
            let found = try await self.read(Document.self, at: path, in: self.storage.forWriting)
            var document = found?.document ?? initial
            try body(&document)
            guard isNeeded(found?.document ?? initial, document) else { return document }
            do {
                _ = try await self.storage.write(
                    RecordCoding.encode(document, path: path),
                    to: path,
                    in: self.container,
                    condition: found.map { .matches($0.version) } ?? .absent,
                    contentType: "application/json"
                )
                return document
            } catch let error as BackupError where error.code == .conflict && attempt < Self.attempts {
                attempt += 1
            } catch let error as BackupError where error.code == .notFound && found == nil && attempt < Self.attempts {
                // There may be something to say before the first run, and a container that is just made may not be seen yet.
                try await self.makeContainer()
                attempt += 1
            }
        }
    }

    /// Reads the documents that lie directly below a path.
    ///
    /// - Parameters:
    ///   - type: What they are.
    ///   - prefix: The path, with a slash at its end.
    ///   - wanted: The names, without `.json`, that are of interest; nil for all.
    ///   - clock: The clock by which the caller goes on to judge; nil where it does not.
    /// - Returns: The documents by their names.
    /// - Throws: ``BackupDomain/BackupError`` with code `clockOff` where that clock is not the blob service's, and others.
    package func all<Document: CatalogDocument>(
        _ type: Document.Type,
        below prefix: String,
        only wanted: Set<String>? = nil,
        checking clock: (any WallClock)? = nil
    ) async throws -> [String: Document] {
        let paths = try await self.paths(below: prefix, checking: clock).filter { path in
            wanted?.contains(CatalogPath.leaf(path)) ?? true
        }
        let documents = try await paths.map(width: Self.width) { path in
            try await self.read(type, at: path).map { (CatalogPath.leaf(path), $0.document) }
        }
        return Dictionary(documents.compactMap(\.self)) { first, _ in first }
    }

    private func paths(below prefix: String, checking clock: (any WallClock)?) async throws -> [String] {
        var paths: [String] = []
        var marker: String?
        repeat {
            let asked = clock?.now
            let page: BlobPage
            do {
                page = try await self.storage.list(self.container, prefix: prefix, delimiter: nil, marker: marker)
            } catch let error as BackupError where error.code == .notFound {
                // A catalog that nobody has written to yet holds nothing.
                return []
            }
            if let clock, let asked {
                let comparison = ClockComparison(service: page.date, asked: asked, answered: clock.now)
                if let error = BackupChecks.clockRefusal(comparison) { throw error }
            }
            paths += page.blobs.map(\.name)
            marker = page.nextMarker
        } while marker != nil
        return paths
    }
}
