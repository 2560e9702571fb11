import BackupDomain

/// Makes calls wait while the budget of their subscription is low, or closed because somebody was refused.
///
/// Stands between the repetition and the network, so that each attempt waits its turn. A call whose turn is too far is not
/// made at all.
struct BudgetedTransport: HTTPTransport {
    /// What carries the calls.
    var base: any HTTPTransport
    /// The budgets, shared with others.
    var budgets: SubscriptionBudgets
    /// The present, and what waits.
    var clock: any WallClock
    /// The longest that a call waits for its turn.
    var longest = RetryRules().budget

    func send(_ request: HTTPExchangeRequest) async throws -> HTTPExchangeResponse {
        let scope = CallScope(request)
        do {
            try await self.waitForTurn(scope)
            let response = try await self.base.send(request)
            self.budgets.settle(scope, response, at: self.clock.uptime)
            return response
        } catch {
            self.budgets.settle(scope, nil, at: self.clock.uptime)
            throw error
        }
    }

    private func waitForTurn(_ scope: CallScope) async throws {
        let start = self.clock.uptime
        var wait = self.budgets.admit(scope, at: start)
        while wait > .zero {
            guard self.clock.uptime - start + wait <= self.longest else { throw Self.tooFar(scope, wait) }
            self.budgets.note(wait: wait)
            try await self.clock.sleep(for: wait)
            wait = self.budgets.rest(scope, at: self.clock.uptime)
        }
    }

    private static func tooFar(_ scope: CallScope, _ wait: Duration) -> TransportFailure {
        let place = scope.subscription.isEmpty ? "this tenant" : "the subscription \(scope.subscription)"
        return TransportFailure(
            BackupError(
                .throttled,
                "Azure throttles the calls for \(place): the next one may be made in \(wait.formattedBriefly).",
                remedy: "Try again later, or work on fewer instances at once (--width)."
            ),
            mayHaveArrived: false
        )
    }
}
