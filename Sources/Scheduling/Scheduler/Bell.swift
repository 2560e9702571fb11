import Synchronization

/// Wakes one task that waits; rung while nobody waits, it wakes the next one at once.
package final class Bell: Sendable {
    private struct State {
        var isRung = false
        var waiter: (id: Int, continuation: CheckedContinuation<Void, Never>)?
        var nextID = 0
    }

    private let state = Mutex(State())

    /// Creates a bell that has not been rung.
    package init() {}

    /// Wakes who waits, or who waits next.
    package func ring() {
        let waiter = self.state.withLock { state in
            defer { state.waiter = nil }
            if state.waiter == nil { state.isRung = true }
            return state.waiter
        }
        waiter?.continuation.resume()
    }

    /// Waits until the bell rings, or the task is cancelled.
    package func wait() async {
        let id = self.state.withLock { state in
            state.nextID += 1
            return state.nextID
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let (goesOn, former) = self.state.withLock { state in
                    let former = state.waiter
                    if state.isRung || Task.isCancelled {
                        state.isRung = false
                        return (true, nil as CheckedContinuation<Void, Never>?)
                    }
                    state.waiter = (id, continuation)
                    return (false, former?.continuation)
                }
                // One task waits at a time; a second one takes the first one's place.
                former?.resume()
                if goesOn { continuation.resume() }
            }
        } onCancel: {
            let waiter = self.state.withLock { state in
                guard state.waiter?.id == id else { return nil as CheckedContinuation<Void, Never>? }
                defer { state.waiter = nil }
                return state.waiter?.continuation
            }
            waiter?.resume()
        }
    }
}
