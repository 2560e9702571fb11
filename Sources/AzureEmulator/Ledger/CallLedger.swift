import EmulatorRuntime
import Foundation
import Synchronization

/// The last calls that the emulator answered, for tests and for people who look.
final class CallLedger: Sendable {
    private struct State {
        var calls: [RecordedCall] = []
        var next = 0
    }

    private let capacity: Int
    private let state = Mutex(State())

    init(capacity: Int = 10_000) { self.capacity = capacity }

    /// Notes a call; the oldest makes room.
    func note(_ call: RecordedCall) {
        self.state.withLock { state in
            if state.calls.count < self.capacity {
                state.calls.append(call)
            } else {
                state.calls[state.next] = call
                state.next = (state.next + 1) % self.capacity
            }
        }
    }

    /// The calls, oldest first.
    var calls: [RecordedCall] {
        self.state.withLock { Array($0.calls[$0.next...] + $0.calls[..<$0.next]) }
    }
}
