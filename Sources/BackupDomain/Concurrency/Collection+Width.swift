extension Collection where Self: Sendable, Element: Sendable {
    /// Works on the elements, several at a time.
    ///
    /// - Parameters:
    ///   - width: How many at once.
    ///   - body: The work on one element.
    /// - Returns: What the work returns, in the elements' order.
    /// - Throws: What the work throws first; the rest is cancelled.
    package func map<Value: Sendable>(
        width: Int,
        _ body: @escaping @Sendable (Element) async throws -> Value
    ) async throws -> [Value] {
        guard let first = self.first else { return [] }
        // One alone needs no group.
        guard self.count > 1 else { return [try await body(first)] }
        return try await withThrowingTaskGroup(of: (Int, Value).self) { group in
            var remaining = self.enumerated().makeIterator()
            var results: [(index: Int, value: Value)] = []
            func startNext() {
                guard let (index, element) = remaining.next() else { return }
                group.addTask { (index, try await body(element)) }
            }
            for _ in 0..<width { startNext() }
            while let (index, value) = try await group.next() {
                results.append((index, value))
                startNext()
            }
            return results.sorted { $0.index < $1.index }.map(\.value)
        }
    }
}
