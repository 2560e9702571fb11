import AzureClient
import Synchronization

/// The simulated Azure with its clock, which no machine can turn.
final class SimulatedAzure: Sendable {
    private let executor: SeededExecutor
    private let epoch: Int64
    private let state: Mutex<AzureState>

    /// Creates an Azure.
    ///
    /// - Parameters:
    ///   - state: What it begins as; its present is where the clock begins.
    ///   - executor: What moves the clock.
    init(_ state: AzureState, executor: SeededExecutor) {
        self.executor = executor
        self.epoch = state.now
        self.state = Mutex(state)
    }

    /// The present in milliseconds since 1970.
    var now: Int64 { self.epoch + self.executor.milliseconds }

    /// Answers a call.
    func answer(_ call: SimulatedCall) -> HTTPExchangeResponse {
        let now = self.now
        return self.state.withLock { $0.answer(call, at: now) }
    }

    /// Whether the storage account is away at present; a look at it counts as a fault that callers have seen.
    var isStorageAway: Bool {
        let now = self.now
        return self.state.withLock { state in
            guard state.storageAway.contains(now) else { return false }
            state.oracle.lastStorageFault = now
            return true
        }
    }

    /// Changes or reads the state, after all that happened before.
    func with<Value: Sendable>(_ body: (inout AzureState) -> Value) -> Value {
        let now = self.now
        return self.state.withLock { state in
            state.advance(to: now)
            return body(&state)
        }
    }
}
