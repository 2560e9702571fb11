/// A header's name in the order in which the service itself sorts: hyphens count only between names that are equal
/// without them, and other signs come before digits and letters.
///
/// Azure's documents speak of a lexicographical order, which is the same for nearly all names; its SDKs imitate this
/// one.
struct CollatedHeaderName: Comparable {
    private static let order = Array("!#$%&*.^_`|~+0123456789abcdefghijklmnopqrstuvwxyz".utf8)

    private let ranks: [Int]
    private let hyphens: [Int]

    init(_ name: String) {
        self.ranks = name.utf8.filter { $0 != 45 }.map { Self.order.firstIndex(of: $0) ?? Int($0) + 100 }
        self.hyphens = name.utf8.enumerated().filter { $0.element == 45 }.map(\.offset)
    }

    static func < (lhs: Self, rhs: Self) -> Bool {
        if lhs.ranks != rhs.ranks { return lhs.ranks.lexicographicallyPrecedes(rhs.ranks) }
        // The later hyphen comes first.
        return rhs.hyphens.lexicographicallyPrecedes(lhs.hyphens)
    }
}
