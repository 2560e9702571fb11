/// What differs between two inventories.
///
/// Only what both have read is compared: where one was read at level `full` and the other at `names`, only what `names`
/// reads; a list that one of them lacks is not compared at all, and named.
package struct InventoryDifference: Sendable, Hashable {
    /// What was added, removed or changed, by path; what lies in something that was added or removed is not told by itself.
    package let changes: [ItemChange]
    /// The lists that could not be compared, since one of the two lacks them.
    package let notCompared: [String]

    /// Compares two inventories.
    ///
    /// - Parameters:
    ///   - before: What was.
    ///   - after: What is.
    package init(from before: Inventory, to after: Inventory) {
        let scope = ComparedScope(before, after)
        let old = Dictionary(uniqueKeysWithValues: before.items.filter(scope.holds).map { ($0.key, $0) })
        let new = Dictionary(uniqueKeysWithValues: after.items.filter(scope.holds).map { ($0.key, $0) })
        let added = new.values.filter { old[$0.key] == nil }
        let removed = old.values.filter { new[$0.key] == nil }
        let changed = new.values.compactMap { item -> ItemChange? in
            guard let was = old[item.key], was.properties != item.properties else { return nil }
            return ItemChange(.changed, item, fields: FieldChange.between(was.properties, item.properties))
        }
        let all = Self.folded(added, .added) + Self.folded(removed, .removed) + changed
        self.changes = all.sorted { ($0.item.key, $0.change.rawValue) < ($1.item.key, $1.change.rawValue) }
        self.notCompared = scope.gaps
    }

    /// Whether nothing differs, as far as it could be compared.
    package var isEmpty: Bool { self.changes.isEmpty }

    /// How many things were added, removed or changed.
    ///
    /// - Parameter change: What became of them.
    /// - Returns: The number of ``changes`` of that sort.
    package func count(_ change: ItemChange.Change) -> Int { self.changes.count { $0.change == change } }

    /// Takes what lies in one of the things into it.
    private static func folded(_ items: [InventoryItem], _ change: ItemChange.Change) -> [ItemChange] {
        let keys = Set(items.map(\.key))
        var contents: [String: [InventoryKind: Int]] = [:]
        var tops: [InventoryItem] = []
        for item in items {
            if let top = Self.ancestors(of: item.key).first(where: keys.contains) {
                contents[top, default: [:]][item.kind, default: 0] += 1
            } else {
                tops.append(item)
            }
        }
        return tops.map { ItemChange(change, $0, contents: contents[$0.key] ?? [:]) }
    }

    /// The paths of what something lies in, the outermost first.
    private static func ancestors(of key: String) -> [String] {
        let parts = key.split(separator: "/")
        return stride(from: 2, to: parts.count, by: 2).map { parts.prefix($0).joined(separator: "/") }
    }
}
