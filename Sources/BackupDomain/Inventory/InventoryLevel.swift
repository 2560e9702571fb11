/// How much of what lies in an instance is read when it is backed up.
package enum InventoryLevel: String, Sendable, Codable, CaseIterable {
    /// Nothing.
    case off
    /// Every list of the instance, and of each API and product what lies in it, but no policies of single operations.
    case names
    /// Also the releases of APIs, what other revisions hold, the resolvers of GraphQL APIs, and the policy of each operation: one
    /// call more an operation.
    case full
    /// Also the schemas, diagnostics, descriptions of tags and wikis of each API, and the wikis of products: four calls more an
    /// API.
    case everything
}

extension InventoryLevel: Comparable {
    /// By how much is read.
    package static func < (lhs: Self, rhs: Self) -> Bool { lhs.rank < rhs.rank }

    private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}
