import BackupDomain
import Inventory

extension InventoryCounts {
    /// What a person who made a backup wants to know of its inventory: what changed, what there is, or why it is missing.
    ///
    /// - Parameter inventory: What the record says of it.
    /// - Returns: One line; nil where the identity may not read the contents, and never could.
    static func contents(_ inventory: RecordedInventory) -> String? {
        if let changes = inventory.changes { return Self.words(changes) }
        if let counts = inventory.counts { return Self(counts).brief }
        guard let error = inventory.error, error.code != .permissionDenied else { return nil }
        return "not read: \(error.message)"
    }

    /// What has changed since the inventory before.
    ///
    /// - Parameter changes: How many things.
    /// - Returns: Such as `2 added, 0 removed, 1 changed since 2026-11-23 01:00`.
    static func words(_ changes: InventoryChanges) -> String {
        let since = "since \(Quantities.minute(changes.since))"
        guard changes.total > 0 else { return "nothing changed \(since)" }
        return "\(changes.added) added, \(changes.removed) removed, \(changes.changed) changed \(since)"
    }
}
