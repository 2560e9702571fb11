import Synchronization

/// Counts something that happens in another task.
final class Counter: Sendable {
    private let value = Mutex(0)

    var count: Int { self.value.withLock(\.self) }

    func increase() { self.value.withLock { $0 += 1 } }
}
