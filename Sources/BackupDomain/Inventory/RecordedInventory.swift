package import FoundationEssentials

/// What a record says of the inventory that was taken before the backup: where it lies, or why there is none.
package struct RecordedInventory: Sendable, Codable, Equatable {
    /// How much was read.
    package var level: InventoryLevel
    /// When the reading began.
    package var takenAt: Date
    /// The SHA-256 of the inventory, in hexadecimal digits, which it is filed under; nil where none could be taken.
    package var digest: String?
    /// How many things of each kind there are; nil where none could be taken.
    package var counts: [String: Int]?
    /// What had changed since the inventory before; nil where there was none, or it could not be read.
    package var changes: InventoryChanges?
    /// How many lists could not be read, or do not exist in the instance's tier.
    package var gaps: Int?
    /// How many pages were read.
    package var calls: Int
    /// Why there is no inventory; nil where there is one.
    package var error: BackupError?

    /// Creates what is said of an inventory that was taken.
    ///
    /// - Parameters:
    ///   - level: How much was read.
    ///   - takenAt: When the reading began.
    ///   - digest: What it is filed under.
    ///   - counts: How many things of each kind there are.
    ///   - gaps: How many lists are missing.
    ///   - calls: How many pages were read.
    package init(
        level: InventoryLevel,
        takenAt: Date,
        digest: String,
        counts: [String: Int],
        gaps: Int,
        calls: Int
    ) {
        self.level = level
        self.takenAt = takenAt
        self.digest = digest
        self.counts = counts
        self.gaps = gaps
        self.calls = calls
    }

    /// Creates what is said of an inventory that could not be taken.
    ///
    /// - Parameters:
    ///   - level: How much was wanted.
    ///   - takenAt: When the reading began.
    ///   - error: Why there is none.
    package init(level: InventoryLevel, takenAt: Date, error: BackupError) {
        self.level = level
        self.takenAt = takenAt
        self.calls = 0
        self.error = error
    }

    /// The kinds whose things are counted where sizes are compared: those that every level reads, and that make an instance.
    private static let weighed = ["apis", "apis/operations", "products", "namedValues", "backends", "subscriptions"]

    /// How many APIs, operations, products, named values, backends and subscriptions there are; nil where none was taken.
    package var things: Int? {
        self.counts.map { counts in Self.weighed.reduce(0) { $0 + (counts[$1] ?? 0) } }
    }
}
