import Synchronization

/// The budgets of calls of all subscriptions, shared by everything in the process that calls Resource Manager.
package final class SubscriptionBudgets: Sendable {
    /// The most scopes that are kept; what nobody could have is not counted.
    private static let mostScopes = 4096

    private struct State {
        var budgets: [CallScope: CallBudget] = [:]
        /// When a subscription's calls may be made again, of whatever kind.
        var opensAt: [String: Duration] = [:]
        var waits = 0
        var waited = Duration.zero
    }

    private let state = Mutex(State())

    /// Creates budgets of which nothing is known.
    package init() {}

    /// How often a call had to wait for its budget, and how long in all.
    package var waits: (count: Int, total: Duration) { self.state.withLock { ($0.waits, $0.waited) } }

    /// Lets a call in.
    ///
    /// - Parameters:
    ///   - scope: What it is counted under.
    ///   - now: The present, as uptime.
    /// - Returns: How long it must wait before it is made.
    func admit(_ scope: CallScope, at now: Duration) -> Duration {
        self.state.withLock { state in
            var budget = state.budgets[scope] ?? CallBudget(scope.kind)
            budget.close(until: state.opensAt[scope.subscription] ?? .zero)
            let wait = budget.admit(at: now)
            if state.budgets[scope] != nil || state.budgets.count < Self.mostScopes { state.budgets[scope] = budget }
            return wait
        }
    }

    /// How long a call must still wait that has waited: somebody may have been refused meanwhile.
    ///
    /// - Parameters:
    ///   - scope: What it is counted under.
    ///   - now: The present, as uptime.
    /// - Returns: The rest of the time; zero where the call may be made.
    func rest(_ scope: CallScope, at now: Duration) -> Duration {
        self.state.withLock { max(.zero, ($0.opensAt[scope.subscription] ?? .zero) - now) }
    }

    /// Notes that a call has waited.
    func note(wait: Duration) {
        self.state.withLock { state in
            state.waits += 1
            state.waited += wait
        }
    }

    /// Takes in an answer, or that there is none.
    ///
    /// - Parameters:
    ///   - scope: What the call was counted under.
    ///   - response: The answer; nil where none came.
    ///   - now: The present, as uptime.
    func settle(_ scope: CallScope, _ response: HTTPExchangeResponse?, at now: Duration) {
        self.state.withLock { state in
            state.budgets[scope]?.settle(remaining: response?.remainingCalls, at: now)
            guard let pause = response?.throttledFor, state.budgets[scope] != nil else { return }
            state.opensAt[scope.subscription] = max(state.opensAt[scope.subscription] ?? .zero, now + pause)
        }
    }
}
