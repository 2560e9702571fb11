package import BackupDomain
package import Foundation

/// Takes the inventory of an instance before its backup: gathers it, files it, and says what the record says of it.
package struct FiledInventories: InventorySource {
    private let gatherer: InventoryGatherer
    private let store: InventoryStore
    package let level: InventoryLevel
    private let clock: any WallClock
    private let previous: @Sendable (ResourceID) async throws -> Previous?

    /// The inventory before.
    package struct Previous: Sendable {
        /// What it is filed under.
        package var digest: String
        /// The time of its run.
        package var at: Date

        /// Creates a value.
        package init(digest: String, at: Date) {
            self.digest = digest
            self.at = at
        }
    }

    /// Creates a source.
    ///
    /// - Parameters:
    ///   - gatherer: What reads the instance.
    ///   - store: Where inventories are filed.
    ///   - level: How much is read.
    ///   - clock: The time.
    ///   - previous: Looks up the inventory before of an instance; nil where there is none.
    package init(
        gatherer: InventoryGatherer,
        store: InventoryStore,
        level: InventoryLevel,
        clock: any WallClock,
        previous: @escaping @Sendable (ResourceID) async throws -> Previous?
    ) {
        self.gatherer = gatherer
        self.store = store
        self.level = level
        self.clock = clock
        self.previous = previous
    }

    package func take(of instance: Instance) async -> RecordedInventory {
        let takenAt = self.clock.now
        do {
            let gathering = try await self.gatherer.gather(instance.id, tier: instance.tier, level: self.level)
            let digest = try await self.store.file(gathering.inventory)
            var taken = RecordedInventory(
                level: self.level,
                takenAt: takenAt,
                digest: digest,
                counts: gathering.inventory.counts,
                gaps: gathering.inventory.gaps.count,
                calls: gathering.calls
            )
            taken.changes = try await self.changes(to: gathering.inventory, digest, of: instance.id)
            return taken
        } catch let error as BackupError {
            return RecordedInventory(level: self.level, takenAt: takenAt, error: error)
        } catch {
            let problem = BackupError(.interrupted, "What lies in \(instance.id.name) was not read to its end.")
            return RecordedInventory(level: self.level, takenAt: takenAt, error: problem)
        }
    }

    /// What has changed since the inventory before; nil where there is none, or it cannot be read any more.
    private func changes(
        to inventory: Inventory,
        _ digest: String,
        of instance: ResourceID
    ) async throws -> InventoryChanges? {
        do {
            guard let before = try await self.previous(instance) else { return nil }
            if before.digest == digest { return InventoryChanges(since: before.at, added: 0, removed: 0, changed: 0) }
            let difference = InventoryDifference(from: try await self.store.inventory(before.digest), to: inventory)
            return InventoryChanges(
                since: before.at,
                added: difference.count(.added),
                removed: difference.count(.removed),
                changed: difference.count(.changed)
            )
        } catch is BackupError {
            // The inventory is taken all the same; 'diff' and 'log' say what they cannot read.
            return nil
        }
    }
}
