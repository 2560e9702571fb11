package import FoundationEssentials
import Synchronization

/// What the catalog's documents say that a tree of tasks has read or written, so that it decodes none of them twice.
///
/// What is decoded follows from the bytes alone; so nothing changes but the time that it takes. Nothing is remembered
/// unless somebody asks for it: a program reads a document too rarely for that to be worth its memory. The simulation does, which
/// spends half of its time on reading the same few documents again.
package final class RememberedDocuments: Sendable {
    /// What the present task remembers; nil for nothing.
    @TaskLocal package static var current: RememberedDocuments?

    private struct Key: Hashable {
        var path: String
        var type: ObjectIdentifier
    }

    private struct Entry {
        var content: Data
        var document: any Sendable
    }

    private let most: Int
    private let entries = Mutex<[Key: Entry]>([:])

    /// Remembers nothing yet.
    ///
    /// - Parameter most: How many documents are remembered; with one more all are forgotten.
    package init(most: Int = 2048) { self.most = most }

    /// The document that these bytes are, where they are those that it was last seen with.
    ///
    /// - Parameters:
    ///   - type: What it is read as.
    ///   - content: The bytes.
    ///   - path: Where they lie in the catalog.
    /// - Returns: The document, or nil.
    package func document<Document: Sendable>(_ type: Document.Type, of content: Data, at path: String) -> Document? {
        let found = self.entries.withLock { $0[Key(path: path, type: ObjectIdentifier(type))] }
        guard let found, found.content == content else { return nil }
        return found.document as? Document
    }

    /// Remembers what a document looks like in bytes.
    func remember<Document: Sendable>(_ document: Document, as content: Data, at path: String) {
        self.entries.withLock { entries in
            if entries.count >= self.most { entries = [:] }
            entries[Key(path: path, type: ObjectIdentifier(Document.self))] = Entry(
                content: content,
                document: document
            )
        }
    }
}
