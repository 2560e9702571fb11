package import FoundationEssentials

/// What operators have said of backups that became smaller: a document of the catalog for each instance.
package struct ShrinkAcknowledgements: Sendable, Codable, Hashable, CatalogDocument {
    /// The newest format that this program reads, and the one that it writes.
    package static let currentVersion = 1

    /// One acknowledgement: the size of this backup is as it should be.
    package struct Entry: Sendable, Codable, Hashable {
        /// The newest backup at that time.
        package var name: String
        /// Its size in bytes.
        package var bytes: Int
        /// When it was made.
        package var createdAt: Date
        /// When it was acknowledged.
        package var at: Date
        /// Who did.
        package var by: RecordedPrincipal
        /// Why.
        package var reason: String

        /// Creates a value.
        package init(
            name: String,
            bytes: Int,
            createdAt: Date,
            at: Date,
            by: RecordedPrincipal,
            reason: String
        ) {
            self.name = name
            self.bytes = bytes
            self.createdAt = createdAt
            self.at = at
            self.by = by
            self.reason = reason
        }
    }

    /// The format's version.
    package var version = Self.currentVersion
    /// Every acknowledgement, oldest first.
    package var entries: [Entry] = []

    /// Creates a document without acknowledgements.
    package init() {}
}
