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
        var look = try await self.look(at: named)
        if !look.lost.isEmpty {
            // Who deletes a backup rarely deletes one: all that may take its place are looked at.
            let others = Set(nights.map(\.run).filter { $0.isRecoveryPoint(at: self.now) }).subtracting(named)
            look.lost.merge(try await self.look(at: others).lost) { first, _ in first }
            for index in nights.indices {
                guard let standing = look.lost[nights[index].run.run] else { continue }
                nights[index].run.standing = standing
            }
            histories = ItemHistory.find(pattern, in: nights, at: self.now)
        }
        let records = try await self.records(of: histories, instance)
        let items = histories.map { history in
            let record = history.restorable.flatMap { records[$0.run] }
            return FoundItem(history: history, record: record, refusal: record == nil ? nil : look.refusal)
        }
        return InventorySearch(items, of: pattern, in: nights)
    }

    /// Looks which backups are not there any more as they were recorded: the summary may not know of a deletion.
    ///
    /// - Parameter runs: The runs that made them.
    /// - Returns: How those that are lost stand, and why nobody may look.
    /// - Throws: ``BackupDomain/BackupError`` where the blob service does not answer.
    private func look(
        at runs: Set<SummarizedRun>
    ) async throws -> (lost: [RunID: SummarizedRun.Standing], refusal: BackupError?) {
        let (blobs, now) = (self.opened.storage.blobs, self.now)
        let looks = try await Array(runs).map(width: Self.width) { run -> (RunID, BackupLook)? in
            guard let name = run.backupName else { return nil }
            return (run.run, try await BackupLook(at: name, in: run.container, of: blobs))
        }
        let known = Dictionary(uniqueKeysWithValues: runs.map { ($0.run, $0) })
        var (lost, refusal) = ([RunID: SummarizedRun.Standing](), nil as BackupError?)
        for (id, look) in looks.compactMap(\.self) {
            switch look {
            case .seen(let observation): lost[id] = known[id]?.finding(of: observation, at: now)?.kind.standing
            case .refused(let error): refusal = error
            }
        }
        return (lost, refusal)
    }

    /// Reads the records of the runs whose backups bring back what was found.
    private func records(of histories: [ItemHistory], _ instance: InstanceKey) async throws -> [RunID: RunRecord] {
        let runs = Set(histories.compactMap(\.restorable?.run)).sorted()
        let records = try await self.opened.records.records(runs, of: instance).records
        return Dictionary(uniqueKeysWithValues: records.map { ($0.run, $0) })
    }
}
