import BackupDomain

/// What of two inventories can be compared.
struct ComparedScope: Sendable {
    /// The lists that one of the two lacks, or read while they changed.
    let gaps: [String]
    private let inventories: [Inventory]
    /// Whether what lies in other revisions is compared: level `names` does not read it.
    private let holdsOtherRevisions: Bool
    private let prefixes: [String]
    /// The revisions of APIs that are not current: what lies in them is not read at level `names`.
    private let otherRevisions: Set<String>

    init(_ first: Inventory, _ second: Inventory) {
        // A list that neither tier has is no difference.
        let lacking = [first, second].map { inventory in
            Dictionary(inventory.gaps.map { ($0.list.lowercased(), $0) }) { _, last in last }
        }
        let shared = lacking[0].filter { $0.value.reason == .notOffered && lacking[1][$0.key]?.reason == .notOffered }
        let gaps = lacking[0].merging(lacking[1]) { own, _ in own }.filter { shared[$0.key] == nil }
        self.gaps = gaps.values.map(\.list).sorted()
        self.prefixes = gaps.keys.map { "\($0)/" }
        self.inventories = [first, second]
        self.holdsOtherRevisions = first.level == second.level || min(first.level, second.level) >= .full
        self.otherRevisions = Set((first.items + second.items).filter(\.isOtherRevision).map(\.key))
    }

    /// Whether something is compared.
    ///
    /// - Parameter item: It.
    /// - Returns: Whether both inventories have read the list that it is of.
    func holds(_ item: InventoryItem) -> Bool {
        let (key, kind) = (item.key, item.kind)
        if self.prefixes.contains(where: key.hasPrefix) { return false }
        // Uses of tags are of one list, wherever they lie.
        if kind.collection == "tags", kind.path != "tags", self.prefixes.contains("tagresources/") { return false }
        if let rule = KindRule.of(kind), !self.inventories.allSatisfy({ $0.reads(rule) }) { return false }
        return self.holdsOtherRevisions || !self.otherRevisions.contains(item.parentPath.lowercased())
    }
}
