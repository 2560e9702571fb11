import BackupDomain
import FoundationEssentials

/// A run that takes an inventory and makes no backup: it has one step, and what came of that is its end.
extension Run {
    /// Files what was read, or why nothing was, and ends.
    mutating func inventoryTaken(_ inventory: RecordedInventory, at now: Date) {
        self.note(inventory)
        let outcome: RunOutcome =
            switch inventory.error?.code {
            case nil: .inventoried
            case .interrupted: .interrupted
            default: .failed
            }
        self.end(outcome, error: inventory.error, at: now)
    }
}
