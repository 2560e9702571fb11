package import BackupDomain

/// Takes the inventory of an instance before its backup: gathers it, files it, and says what the record says of it.
package struct FiledInventories: InventorySource {
    private let gatherer: InventoryGatherer
    private let store: InventoryStore
    package let level: InventoryLevel
    private let clock: any WallClock

    /// Creates a source.
    ///
    /// - Parameters:
    ///   - gatherer: What reads the instance.
    ///   - store: Where inventories are filed.
    ///   - level: How much is read.
    ///   - clock: The time.
    package init(gatherer: InventoryGatherer, store: InventoryStore, level: InventoryLevel, clock: any WallClock) {
        self.gatherer = gatherer
        self.store = store
        self.level = level
        self.clock = clock
    }

    package func take(of instance: Instance) async -> RecordedInventory {
        let takenAt = self.clock.now
        do {
            let gathering = try await self.gatherer.gather(instance.id, tier: instance.tier, level: self.level)
            return RecordedInventory(
                level: self.level,
                takenAt: takenAt,
                digest: try await self.store.file(gathering.inventory),
                counts: gathering.inventory.counts,
                gaps: gathering.inventory.gaps.count,
                calls: gathering.calls
            )
        } catch let error as BackupError {
            return RecordedInventory(level: self.level, takenAt: takenAt, error: error)
        } catch {
            let problem = BackupError(.interrupted, "What lies in \(instance.id.name) was not read to its end.")
            return RecordedInventory(level: self.level, takenAt: takenAt, error: problem)
        }
    }
}
