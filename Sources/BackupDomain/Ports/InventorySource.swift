/// Takes the inventory of an instance: what lies in it.
package protocol InventorySource: Sendable {
    /// How much is read.
    var level: InventoryLevel { get }

    /// Reads what lies in an instance, and files it.
    ///
    /// - Parameter instance: The instance.
    /// - Returns: What the run's record says of it. Whatever goes wrong is in there: it must not cost the backup.
    func take(of instance: Instance) async -> RecordedInventory
}
