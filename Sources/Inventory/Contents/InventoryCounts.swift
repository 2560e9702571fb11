/// How many things of each kind there are, in words.
package struct InventoryCounts: Sendable, Hashable {
    private let byNoun: [String: Int]

    /// Takes over counts.
    ///
    /// - Parameter counts: The numbers by the kinds' paths; what only says where something belongs does not count.
    package init(_ counts: [String: Int]) {
        var byNoun: [String: Int] = [:]
        for (path, count) in counts {
            let kind = InventoryKind(path)
            guard KindRule.of(kind)?.shape != .link else { continue }
            byNoun[kind.noun, default: 0] += count
        }
        self.byNoun = byNoun
    }

    /// Takes over counts.
    ///
    /// - Parameter counts: The numbers by kind.
    package init(_ counts: [InventoryKind: Int]) {
        self.init(Dictionary(counts.map { ($0.key.path, $0.value) }, uniquingKeysWith: +))
    }

    /// Such as `36 APIs, 180 operations, 4 products`; the kinds in the order in which they are read.
    package var words: String { self.parts.joined(separator: ", ") }

    /// The first three kinds of ``words``.
    package var brief: String {
        let parts = self.parts
        return parts.prefix(3).joined(separator: ", ") + (parts.count > 3 ? " …" : "")
    }

    private var parts: [String] {
        let order = InventoryKind.all.map(\.noun)
        let nouns = self.byNoun.keys.sorted { first, second in
            (order.firstIndex(of: first) ?? order.count, first) < (order.firstIndex(of: second) ?? order.count, second)
        }
        return nouns.map { Self.words(self.byNoun[$0] ?? 0, $0) }
    }

    /// A number with its noun.
    ///
    /// - Parameters:
    ///   - count: The number.
    ///   - noun: The noun in the singular.
    /// - Returns: Such as `1 policy` or `2 policies`.
    package static func words(_ count: Int, _ noun: String) -> String {
        "\(count) \(count == 1 ? noun : Self.plural(noun))"
    }

    /// The plural of a kind's noun.
    ///
    /// - Parameter noun: The noun in the singular.
    /// - Returns: The plural.
    package static func plural(_ noun: String) -> String {
        noun.hasSuffix("y") && !noun.hasSuffix("ey") ? "\(noun.dropLast())ies" : "\(noun)s"
    }
}
