package import BackupDomain

/// Which lists are read for an inventory, decided by what is known so far.
///
/// With A APIs, R of them revisions that are not current and Q GraphQL, O operations and resolvers in all, P products, G gateways
/// and authorization providers, and W workspaces, each list on one page, the calls are:
///
/// * `names`: 25 + 2·(A − R) + 3·P + 14·W
/// * `full`: 25 + 3·A + Q + O + 3·P + G + 14·W
/// * `everything`: 25 + 7·A + Q + O + 4·P + G + 14·W
///
/// and for each workspace, beyond its 14 lists, the same for the APIs and products in it. A list takes a call more for each
/// hundred elements.
package struct GatheringPlan: Sendable {
    /// How much is read.
    package let level: InventoryLevel

    /// Makes a plan.
    ///
    /// - Parameter level: How much is read.
    package init(_ level: InventoryLevel) { self.level = level }

    /// The list that is read first: who may not read it may not read the others.
    package static let first = "apis"

    /// The lists of the instance itself but the first.
    package var roots: [String] {
        KindRule.all.map(\.collection).filter { $0 != Self.first }
    }

    /// The lists of a thing that was found.
    ///
    /// - Parameter item: The thing.
    /// - Returns: The paths of the lists.
    package func lists(of item: InventoryItem) -> [String] {
        guard self.level >= .full || !item.isOtherRevision else { return [] }
        let rules = KindRule.of(item.kind)?.below ?? []
        return rules.filter { self.reads($0, in: item) }.map { "\(item.path)/\($0.collection)" }
    }

    private func reads(_ rule: KindRule, in item: InventoryItem) -> Bool {
        guard rule.level != .off, rule.level <= self.level else { return false }
        return rule.onlyIn.map { $0 == item.properties["type"]?.string } ?? true
    }
}
