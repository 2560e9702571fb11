/// A kind of what lies in an instance, named by the collections that lead to it: `apis/operations`.
package struct InventoryKind: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// The collections, from the instance down, with slashes between them.
    package let path: String

    /// Names a kind.
    ///
    /// - Parameter path: The collections, from the instance down, with slashes between them.
    package init(_ path: String) { self.path = path }

    /// Takes the kind from the path of a thing.
    ///
    /// - Parameter item: The path, such as `apis/orders/operations/list`.
    package init(of item: String) {
        let parts = item.split(separator: "/", omittingEmptySubsequences: false)
        self.path = stride(from: 0, to: parts.count, by: 2).map { String(parts[$0]) }.joined(separator: "/")
    }

    /// The last collection.
    package var collection: String { self.path.split(separator: "/").last.map(String.init) ?? self.path }

    /// The kind of what lies in this one.
    ///
    /// - Parameter collection: The collection.
    /// - Returns: The kind.
    package func below(_ collection: String) -> Self { Self("\(self.path)/\(collection)") }

    /// What one of them is called, such as `API` or `operation`.
    package var noun: String {
        KindRule.of(self)?.noun ?? self.collection
    }

    package var description: String { self.path }

    /// All kinds that are known, in the order in which they are read.
    package static let all = KindRule.kinds()

    /// The kinds in the order in which they are read, then those that are not known.
    package static func < (lhs: Self, rhs: Self) -> Bool { (lhs.place, lhs.path) < (rhs.place, rhs.path) }

    private static let places = Dictionary(Self.all.enumerated().map { ($1, $0) }) { first, _ in first }

    private var place: Int { Self.places[self] ?? Self.places.count }
}
