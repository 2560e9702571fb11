import BackupDomain
import BackupEngine
import Inventory

/// What a search through the inventories of some instances came to.
struct InventorySearch: Sendable {
    /// What was found.
    private(set) var items: [FoundItem] = []
    /// The names that the newest inventories hold of the kind, of instances in which nothing was found.
    private(set) var names: Set<String> = []
    /// How many things of each kind the newest inventories hold, of instances in which nothing was found.
    private(set) var counts: [String: Int] = [:]
    /// Whether there was anything to look through.
    private(set) var hasInventories = false
    /// The instances that have records, where none of them is the one that was asked for.
    private(set) var others: Set<String> = []

    /// Puts searches together.
    ///
    /// - Parameter searches: The searches.
    init(_ searches: [InventorySearch] = []) {
        for search in searches {
            self.items += search.items
            self.names.formUnion(search.names)
            self.counts.merge(search.counts, uniquingKeysWith: +)
            self.others.formUnion(search.others)
            self.hasInventories = self.hasInventories || search.hasInventories
        }
    }

    /// Says that no instance is the one that was asked for.
    ///
    /// - Parameter others: The names of those that there are.
    init(others: [String]) { self.others = Set(others) }

    /// Takes over what was found in one instance.
    fileprivate init(_ items: [FoundItem], of pattern: ItemPattern, in nights: [InventoriedNight]) {
        self.items = items
        self.hasInventories = !nights.isEmpty
        guard items.isEmpty, let newest = nights.first else { return }
        self.counts = newest.inventory.counts
        self.names.formUnion(newest.inventory.items.filter { pattern.kinds.contains($0.kind) }.map(\.name))
    }
}

extension InventoryLibrary {
    /// Looks for something in an instance's newest runs, and whether the backups that bring it back are there.
    ///
    /// - Parameters:
    ///   - pattern: What is looked for.
    ///   - instance: The instance's key.
    /// - Returns: What was found.
    /// - Throws: ``BackupDomain/BackupError``
    func search(for pattern: ItemPattern, in instance: InstanceKey) async throws -> InventorySearch {
        var nights = try await self.nights(try await self.runs(of: instance))
        var histories = ItemHistory.find(pattern, in: nights, at: self.now)
        let named = Set(histories.compactMap(\.restorable))
        var held = try await self.held(named, of: instance)
        if held.count < named.count {
            // Who deletes a backup rarely deletes one: all that may take its place are looked at.
            let others = Set(nights.map(\.run).filter { $0.isRecoveryPoint(at: self.now) }).subtracting(named)
            held.merge(try await self.held(others, of: instance)) { first, _ in first }
            for index in nights.indices where held[nights[index].run.run] == nil {
                nights[index].run.standing = .vanished
            }
            histories = ItemHistory.find(pattern, in: nights, at: self.now)
        }
        let items = histories.map { history in
            FoundItem(history: history, record: history.restorable.flatMap { held[$0.run] })
        }
        return InventorySearch(items, of: pattern, in: nights)
    }

    /// Reads the records of runs whose backups are there as they were recorded: the summary may not know of a deletion.
    private func held(_ runs: Set<SummarizedRun>, of instance: InstanceKey) async throws -> [RunID: RunRecord] {
        let (blobs, now) = (self.opened.storage.blobs, self.now)
        let read = try await self.opened.records.records(runs.map(\.run).sorted(), of: instance).records
        let held = try await read.map(width: Self.width) { record -> RunRecord? in
            guard let backup = record.backup,
                case .present(let blob) = try await blobs.properties(of: backup.name, in: backup.container)
            else { return nil }
            let points = RecoveryPoint.assemble(
                of: instance,
                in: backup.container,
                records: [record],
                blobs: [blob.name: blob],
                among: [],
                documents: RecoveryPoint.Documents()
            )
            return points.contains { $0.isGood(at: now) } ? record : nil
        }
        return Dictionary(uniqueKeysWithValues: held.compactMap(\.self).map { ($0.run, $0) })
    }
}
