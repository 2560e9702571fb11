package import FoundationEssentials

/// What a summary says of the inventory of a run.
package struct SummarizedInventory: Sendable, Codable, Hashable {
    /// What the inventory is filed under.
    package var digest: String
    /// How many APIs, operations and other things of weight it holds.
    package var things: Int?
    /// When the reading began; nil in summaries that were written before this was noted.
    package var takenAt: Date?
    /// What had changed since the inventory before; nil where there was none.
    package var changes: InventoryChanges?

    /// Takes over what a summary tells; nil where no inventory could be taken.
    ///
    /// - Parameter inventory: What the record says of it.
    package init?(_ inventory: RecordedInventory) {
        guard let digest = inventory.digest else { return nil }
        self.digest = digest
        self.things = inventory.things
        self.takenAt = inventory.takenAt
        self.changes = inventory.changes
    }
}
