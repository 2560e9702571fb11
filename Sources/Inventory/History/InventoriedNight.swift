package import BackupDomain
package import FoundationEssentials

/// A run whose record names an inventory, with it.
package struct InventoriedNight: Sendable {
    /// The run's record.
    package var record: RunRecord
    /// What lay in the instance just before its backup.
    package var inventory: Inventory

    /// Creates a value.
    package init(record: RunRecord, inventory: Inventory) {
        self.record = record
        self.inventory = inventory
    }

    /// The time for which the backup was made.
    package var at: Date { self.record.nominalAt }
}
