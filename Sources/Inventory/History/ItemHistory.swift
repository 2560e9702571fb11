package import BackupDomain
package import FoundationEssentials

/// When something was there: over the nights that have inventories.
package struct ItemHistory: Sendable {
    /// The thing, as it was last seen.
    package var item: InventoryItem
    /// The run of the first night in which it was there.
    package var first: SummarizedRun
    /// The run of the last night in which it was there.
    package var last: SummarizedRun
    /// The run of the first night without it, after the last one with it; nil where it is still there.
    package var goneSince: SummarizedRun?
    /// The newest run whose backup holds it and can still be restored; nil where there is none.
    package var restorable: SummarizedRun?

    /// Looks for something over the nights of an instance.
    ///
    /// A night whose inventory lacks the list that it would be in says nothing.
    ///
    /// - Parameters:
    ///   - pattern: What is looked for.
    ///   - nights: The nights, in any order.
    ///   - now: The present instant.
    /// - Returns: What was found, by path.
    package static func find(
        _ pattern: ItemPattern,
        in nights: [InventoriedNight],
        at now: Date
    ) -> [ItemHistory] {
        var found: [String: ItemHistory] = [:]
        // Most nights are of one content, which is looked through once.
        var matching: [String: [InventoryItem]] = [:]
        for night in nights.sorted(by: { $0.at < $1.at }) {
            let digest = night.run.inventory?.digest
            let there = digest.flatMap { matching[$0] } ?? night.inventory.items.filter(pattern.matches)
            if let digest { matching[digest] = there }
            for item in there {
                var history = found[item.key] ?? ItemHistory(item: item, first: night.run, last: night.run)
                (history.item, history.last, history.goneSince) = (item, night.run, nil)
                if night.run.isRecoveryPoint(at: now) { history.restorable = night.run }
                found[item.key] = history
            }
            let present = Set(there.map(\.key))
            for (key, history) in found where !present.contains(key) && history.goneSince == nil {
                guard night.inventory.tells(of: history.item) else { continue }
                found[key]?.goneSince = night.run
            }
        }
        return found.sorted { $0.key < $1.key }.map(\.value)
    }
}

extension Inventory {
    /// Whether it would hold something if it had been there: whether the lists were read that lead to it.
    fileprivate func tells(of item: InventoryItem) -> Bool {
        if let rule = KindRule.of(item.kind), !self.reads(rule) { return false }
        return !self.gaps.contains { item.key.hasPrefix($0.list.lowercased() + "/") }
    }
}
