import BackupDomain

extension BackupRunner {
    /// Has the inventory of an instance taken; neither its failure nor its length costs the backup.
    ///
    /// - Parameters:
    ///   - inventories: What takes it.
    ///   - instance: The instance.
    ///   - limit: How long it may take.
    /// - Returns: What the record says of it.
    func takeInventory(
        _ inventories: any InventorySource,
        of instance: Instance,
        within limit: Duration
    ) async -> RecordedInventory {
        let (clock, stop) = (self.clock, self.stop)
        let takenAt = clock.now
        return await withTaskGroup(of: RecordedInventory?.self) { group in
            group.addTask { await inventories.take(of: instance) }
            group.addTask {
                _ = try? await stop.pause(limit, on: clock)
                return nil
            }
            let first = await group.next() ?? nil
            group.cancelAll()
            if let first { return first }
            if stop.isRaised {
                let error = BackupError(.interrupted, "The run was stopped before all was read.")
                return RecordedInventory(level: inventories.level, takenAt: takenAt, error: error)
            }
            let error = BackupError(
                .timedOut,
                "What lies in \(instance.id.name) was not read within \(limit.formattedBriefly).",
                remedy: "The backup was posted without. 'inventory: names' reads less."
            )
            return RecordedInventory(level: inventories.level, takenAt: takenAt, error: error)
        }
    }
}
