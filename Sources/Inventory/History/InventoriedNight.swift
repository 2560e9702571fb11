package import BackupDomain
package import FoundationEssentials

/// A run that has an inventory, with it.
package struct InventoriedNight: Sendable {
    /// The run, as its instance's summary tells of it.
    package var run: SummarizedRun
    /// What lay in the instance just before its backup.
    package var inventory: Inventory

    /// Creates a value.
    package init(run: SummarizedRun, inventory: Inventory) {
        self.run = run
        self.inventory = inventory
    }

    /// The time for which the backup was made.
    package var at: Date { self.run.nominalAt }
}
