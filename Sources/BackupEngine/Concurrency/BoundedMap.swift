/// Does something with each of many, some at a time, and keeps their order.
///
/// Hand-written: no listed package has a task group of a bounded width.
///
/// - Parameters:
///   - items: What to work on.
///   - width: How many at once.
///   - body: What to do with each.
/// - Returns: The results, in the order of the items.
/// - Throws: The first error; what is still under way is cancelled.
package func boundedMap<Item: Sendable, Value: Sendable>(
    _ items: [Item],
    width: Int,
    _ body: @escaping @Sendable (Item) async throws -> Value
) async throws -> [Value] {
    var remaining = items.enumerated().makeIterator()
    var values = [Value?](repeating: nil, count: items.count)
    try await withThrowingTaskGroup(of: (Int, Value).self) { group in
        func startNext() {
            guard let (index, item) = remaining.next() else { return }
            group.addTask { (index, try await body(item)) }
        }
        for _ in 0..<max(1, width) { startNext() }
        while let (index, value) = try await group.next() {
            values[index] = value
            startNext()
        }
    }
    return values.compactMap(\.self)
}
