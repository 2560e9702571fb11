package import BackupDomain

/// Makes a call as often as the rules allow.
package struct RepeatingTransport: Sendable {
    /// What carries each attempt.
    let base: any HTTPTransport
    /// When to try again.
    var rules: RetryRules
    /// What waits.
    let clock: any WallClock
    /// Where jitter comes from.
    let random: RandomSource

    /// Wraps a transport.
    ///
    /// - Parameters:
    ///   - base: What carries each attempt.
    ///   - rules: When to try again.
    ///   - clock: What waits.
    ///   - random: Where jitter comes from.
    package init(
        base: any HTTPTransport,
        rules: RetryRules = RetryRules(),
        clock: any WallClock,
        random: RandomSource
    ) {
        self.base = base
        self.rules = rules
        self.clock = clock
        self.random = random
    }

    /// An answer with what is known of the attempts before it.
    package struct Outcome: Sendable {
        /// The last attempt's answer.
        package var response: HTTPExchangeResponse
        /// Whether an attempt before it may have taken effect.
        package var isRepeated: Bool
    }

    /// Makes a call.
    ///
    /// - Parameters:
    ///   - repeatability: Whether it may be made twice.
    ///   - attempt: Makes one attempt.
    /// - Returns: The first answer that needs no repetition, or the last one.
    /// - Throws: ``TransportFailure`` where the last attempt brought none.
    package func call(
        _ repeatability: Repeatability,
        _ attempt: (any HTTPTransport) async throws -> HTTPExchangeResponse
    ) async throws -> Outcome {
        let start = self.clock.uptime
        var number = 1
        var isRepeated = false
        while true {
            let failure: AttemptFailure
            let delay: Duration?
            do {
                let response = try await attempt(self.base)
                let outcome = Outcome(response: response, isRepeated: isRepeated)
                guard let status = AttemptFailure(response) else { return outcome }
                failure = status
                delay = self.delay(failure, repeatability, number, since: start, response.retryAfter)
                if delay == nil { return outcome }
            } catch let problem as TransportFailure {
                failure = AttemptFailure(problem)
                delay = self.delay(failure, repeatability, number, since: start, nil)
                if delay == nil { throw problem }
            }
            isRepeated = isRepeated || failure.isDoubtful
            number += 1
            try await self.clock.sleep(for: delay ?? .zero)
        }
    }

    private func delay(
        _ failure: AttemptFailure,
        _ repeatability: Repeatability,
        _ attempt: Int,
        since start: Duration,
        _ retryAfter: Duration?
    ) -> Duration? {
        let decision = self.rules.decide(
            failure,
            repeatability,
            attempt: attempt,
            elapsed: self.clock.uptime - start,
            retryAfter: retryAfter,
            random: self.random.unit()
        )
        guard case .retry(let delay) = decision else { return nil }
        return delay
    }
}
