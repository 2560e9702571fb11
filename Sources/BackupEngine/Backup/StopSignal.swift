import Synchronization

/// A request to stop that ends waits, and nothing else: what is being sent to Azure is sent to its end.
package final class StopSignal: Sendable {
    private struct State {
        var isRaised = false
        var heeders = 0
        var nextID = 0
        var waiters: [Int: CheckedContinuation<Void, Never>] = [:]
    }

    private let state = Mutex(State())

    /// Creates a signal that is not raised.
    package init() {}

    /// Whether somebody asked to stop.
    package var isRaised: Bool { self.state.withLock { $0.isRaised } }

    /// Whether somebody is at work who heeds the signal; otherwise work must be cancelled.
    package var isHeeded: Bool { self.state.withLock { $0.heeders > 0 } }

    /// Works in a way that heeds the signal.
    ///
    /// - Parameter body: The work.
    /// - Returns: What the work returns.
    /// - Throws: What the work throws.
    package func heeding<Value>(_ body: () async throws -> Value) async rethrows -> Value {
        self.state.withLock { $0.heeders += 1 }
        defer { self.state.withLock { $0.heeders -= 1 } }
        return try await body()
    }

    /// Works until the work is done, or until somebody asks to stop: then it is cancelled.
    ///
    /// For work that leaves nothing behind in Azure.
    ///
    /// - Parameter body: The work.
    /// - Returns: What the work returns.
    /// - Throws: What the work throws, and `CancellationError` where it was cancelled.
    package func cancelling<Value: Sendable>(
        _ body: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        try await withThrowingTaskGroup(of: Value?.self) { group in
            group.addTask { try await body() }
            group.addTask {
                await self.wait()
                return nil
            }
            defer { group.cancelAll() }
            while let value = try await group.next() {
                if let value { return value }
                group.cancelAll()
            }
            throw CancellationError()
        }
    }

    /// Asks to stop; once is enough.
    package func raise() {
        let waiters = self.state.withLock { state in
            state.isRaised = true
            defer { state.waiters = [:] }
            return state.waiters
        }
        // In the order in which they came: a dictionary has none that would be the same again.
        for (_, waiter) in waiters.sorted(by: { $0.key < $1.key }) { waiter.resume() }
    }

    /// Waits until somebody asks to stop, or the task is cancelled.
    package func wait() async {
        let id = self.state.withLock { state in
            state.nextID += 1
            return state.nextID
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                // Raised or cancelled before we got here: nobody would wake us.
                let goesOn = self.state.withLock { state in
                    if state.isRaised || Task.isCancelled { return true }
                    state.waiters[id] = continuation
                    return false
                }
                if goesOn { continuation.resume() }
            }
        } onCancel: {
            self.state.withLock { $0.waiters.removeValue(forKey: id) }?.resume()
        }
    }
}
