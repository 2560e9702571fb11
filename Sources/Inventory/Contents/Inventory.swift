package import BackupDomain
package import FoundationEssentials

/// What lay in an instance at one moment: a table of contents, without secrets and without what differs from night to night
/// although nothing changed.
///
/// It holds neither the instance's name nor a time, so that the same contents are the same inventory, whenever and of
/// whichever instance it is taken. Kept as JSON; fields are only ever added. One whose ``version`` is newer than
/// ``currentVersion`` is refused.
package struct Inventory: Sendable, Hashable, Codable, CatalogDocument {
    /// The newest format that this program reads.
    package static let currentVersion = 2
    /// The newest edition: which lists each level reads; it grows by one where lists are added.
    package static let currentEdition = 2

    /// The format's version: 2 at level `everything`, whose name readers of version 1 do not know, else 1.
    package private(set) var version: Int
    /// How much was read.
    package private(set) var level: InventoryLevel
    /// Which lists its level read: 1 where nothing is said.
    package private(set) var edition: Int?
    /// The instance's pricing tier.
    package private(set) var tier: Tier
    /// What lay in it, by path.
    package private(set) var items: [InventoryItem]
    /// The lists that are missing, by path.
    package private(set) var gaps: [InventoryGap]

    /// Puts an inventory together.
    ///
    /// - Parameters:
    ///   - level: How much was read.
    ///   - edition: Which lists the level read; those that it reads now by default.
    ///   - tier: The instance's pricing tier.
    ///   - items: What lay in it, in any order; of two with one path the last counts.
    ///   - gaps: The lists that are missing, in any order.
    package init(
        level: InventoryLevel,
        edition: Int = Self.currentEdition,
        tier: Tier,
        items: [InventoryItem],
        gaps: [InventoryGap] = []
    ) {
        self.version = level == .everything ? 2 : 1
        self.level = level
        self.edition = edition
        self.tier = tier
        let unique = Dictionary(items.map { ($0.key, $0) }) { _, last in last }
        self.items = unique.sorted { $0.key < $1.key }.map(\.value)
        self.gaps = gaps.sorted { ($0.list, $0.reason.rawValue) < ($1.list, $1.reason.rawValue) }
    }

    /// Whether a list that a rule speaks of was among those that were to be read.
    func reads(_ rule: KindRule) -> Bool { rule.level <= self.level && rule.edition <= self.edition ?? 1 }

    /// How many things of each kind there are.
    package var counts: [String: Int] {
        Dictionary(self.items.map { ($0.kind.path, 1) }, uniquingKeysWith: +)
    }

    /// What is of one kind.
    ///
    /// - Parameter kind: The kind.
    /// - Returns: The things, by path.
    package func items(of kind: InventoryKind) -> [InventoryItem] { self.items.filter { $0.kind == kind } }

    /// The bytes that are filed: the same inventory gives the same bytes.
    ///
    /// - Returns: JSON in UTF-8, with sorted members.
    /// - Throws: `EncodingError`, for a number that JSON cannot hold.
    package func content() throws -> Data { try JSONEncoder.stable().encode(self) }
}
