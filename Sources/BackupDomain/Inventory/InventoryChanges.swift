package import FoundationEssentials

/// How many things an inventory says were added, removed and changed since the one before.
package struct InventoryChanges: Sendable, Codable, Hashable {
    /// The time of the run whose inventory it was compared with.
    package var since: Date
    /// How many things were added; what lies in them is not counted by itself.
    package var added: Int
    /// How many things were removed; what lay in them is not counted by itself.
    package var removed: Int
    /// How many things have other properties.
    package var changed: Int

    /// Creates a value.
    package init(since: Date, added: Int, removed: Int, changed: Int) {
        self.since = since
        self.added = added
        self.removed = removed
        self.changed = changed
    }

    /// How many they are in all.
    package var total: Int { self.added + self.removed + self.changed }
}
