package import FoundationEssentials

/// The pins of one backup over time: who wanted it kept, when and why, and who let it go again.
package struct BackupPins: Sendable, Codable, Hashable, CatalogDocument {
    /// The newest format that this program reads, and the one that it writes.
    package static let currentVersion = 1

    /// One pinning or unpinning.
    package struct Change: Sendable, Codable, Hashable {
        /// Whether the backup was pinned, rather than let go.
        package var isPinned: Bool
        /// When.
        package var at: Date
        /// Who did it.
        package var by: RecordedPrincipal
        /// Why; nil where nothing was said.
        package var reason: String?

        /// Creates a value.
        package init(isPinned: Bool, at: Date, by: RecordedPrincipal, reason: String?) {
            self.isPinned = isPinned
            self.at = at
            self.by = by
            self.reason = reason
        }

        private enum CodingKeys: String, CodingKey {
            case at, by, reason
            case isPinned = "pinned"
        }
    }

    /// The format's version.
    package var version = Self.currentVersion
    /// The container of the backup.
    package var container: String
    /// The blob's name.
    package var name: String
    /// Every change, oldest first.
    package var changes: [Change] = []

    /// Creates the document of a backup that was never pinned.
    package init(container: String, name: String) {
        self.container = container
        self.name = name
    }

    /// The pin that holds now; nil where there is none.
    package var current: Change? { self.changes.last.flatMap { $0.isPinned ? $0 : nil } }
}
