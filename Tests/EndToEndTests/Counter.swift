import Synchronization

/// Counts from anywhere.
final class Counter: Sendable {
    private let stored = Mutex(0)

    var count: Int { self.stored.withLock(\.self) }

    func add() { self.stored.withLock { $0 += 1 } }
}
