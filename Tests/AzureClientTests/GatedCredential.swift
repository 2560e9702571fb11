import AzureClient
import Synchronization

/// A credential whose answers the test lets through one by one.
final class GatedCredential: TokenCredential {
    private struct State {
        var asked = 0
        var failAll = false
        var answers: [Result<AccessToken, any Error>] = []
        var lastID = 0
        var callers: [Int: CheckedContinuation<AccessToken, any Error>] = [:]
        var watchers: [(count: Int, continuation: CheckedContinuation<Void, Never>)] = []
    }

    private let state = Mutex(State())

    let name = "gated"

    /// How often it was asked.
    var asked: Int { self.state.withLock(\.asked) }

    /// Whether everybody who asks from now on fails.
    var failAll: Bool {
        get { self.state.withLock(\.failAll) }
        set { self.state.withLock { $0.failAll = newValue } }
    }

    /// Answers whoever waits longest, or the next one to ask.
    func open(_ answer: Result<AccessToken, any Error>) {
        let caller = self.state.withLock { state in
            guard let id = state.callers.keys.min() else {
                state.answers.append(answer)
                return CheckedContinuation<AccessToken, any Error>?.none
            }
            return state.callers.removeValue(forKey: id)
        }
        caller?.resume(with: answer)
    }

    /// Waits until that many callers wait for an answer.
    func waiting(_ count: Int) async {
        await withCheckedContinuation { continuation in
            let isThere = self.state.withLock { state in
                if state.callers.count >= count { return true }
                state.watchers.append((count, continuation))
                return false
            }
            if isThere { continuation.resume() }
        }
    }

    func token(for audience: String) async throws -> AccessToken {
        let id = self.state.withLock { state in
            state.asked += 1
            state.lastID += 1
            return state.lastID
        }
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { self.suspend(id, $0) }
        } onCancel: {
            let caller = self.state.withLock { $0.callers.removeValue(forKey: id) }
            caller?.resume(throwing: CancellationError())
        }
    }

    private func suspend(_ id: Int, _ continuation: CheckedContinuation<AccessToken, any Error>) {
        let (answer, watchers) = self.state.withLock {
            state -> (Result<AccessToken, any Error>?, [CheckedContinuation<Void, Never>]) in
            if Task.isCancelled { return (.failure(CancellationError()), []) }
            if !state.answers.isEmpty { return (state.answers.removeFirst(), []) }
            if state.failAll { return (.failure(CredentialUnavailable("failing")), []) }
            state.callers[id] = continuation
            let count = state.callers.count
            let satisfied = state.watchers.filter { $0.count <= count }.map(\.continuation)
            state.watchers.removeAll { $0.count <= count }
            return (nil, satisfied)
        }
        if let answer { continuation.resume(with: answer) }
        for watcher in watchers { watcher.resume() }
    }
}
