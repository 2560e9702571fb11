import BackupDomain

extension BackupRunner {
    /// Takes the inventory that is all a run does.
    ///
    /// - Parameter order: What is wanted.
    /// - Returns: What the record says of it.
    /// - Throws: `CancellationError` where somebody asked to stop.
    func takeInventory(for order: BackupOrder) async throws -> RecordedInventory {
        let takenAt = self.clock.now
        do {
            guard let inventories else { throw BackupOrder.nothingToRead(order.instance.name) }
            // Read anew: a process that takes the run over may know the instance from another day.
            let instance = try await self.plane.instance(order.instance).instance
            let taken = await self.takeInventory(inventories, of: instance, within: order.limits.inventoryOnly)
            // A time of a schedule is left as it is, for whoever comes next.
            if taken.error?.code == .interrupted, self.stop.isRaised { throw CancellationError() }
            return taken
        } catch let error as BackupError {
            return RecordedInventory(level: self.inventories?.level ?? .off, takenAt: takenAt, error: error)
        }
    }

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
                remedy: "'inventory: names' reads less than 'full'. A backup is posted without."
            )
            return RecordedInventory(level: inventories.level, takenAt: takenAt, error: error)
        }
    }
}
