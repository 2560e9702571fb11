/// Decides, without waiting or asking a clock, whether and when a failed attempt is followed by another.
///
/// * 429 is repeated for every call: it says that nothing was accepted. So is a call that never left.
/// * 408, 5xx and broken connections are repeated for idempotent calls only.
/// * What another attempt cannot mend (TLS, a proxy's refusal, an answer past its cap) is not repeated; an unknown host
///   is looked up twice.
///
/// A delay of our own is drawn below `min(cap, base · 2ⁿ)`, and no attempt begins past the ``budget``. A delay that the
/// service names is waited out however often it comes, up to a tenth more so that those who were turned away together do
/// not return together, and no attempt begins past the ``patience``: one 429 that asks for three minutes must not cost a
/// night its backup.
///
/// Source: <https://learn.microsoft.com/azure/azure-resource-manager/management/request-limits-and-throttling>
package struct RetryRules: Sendable, Hashable {
    /// The most attempts that are made while the service names no delay; 6 by default.
    package var attempts = 6
    /// The scale of the first delay; half a second by default.
    package var base = Duration.milliseconds(500)
    /// The longest delay of our own choice; 20 seconds by default.
    package var cap = Duration.seconds(20)
    /// The share of a delay of our own choice that is drawn by lot, from 0 to 1; all of it by default.
    package var spread = 1.0
    /// The time within which attempts begin, from the start of the first, while the service names no delay; two minutes by
    /// default.
    package var budget = Duration.seconds(120)
    /// The time within which attempts begin, from the start of the first, while the service names the delay; five minutes
    /// by default.
    package var patience = Duration.seconds(300)

    /// Creates the rules for what a person waits for: a look-up, a listing.
    package init() {}

    /// Decides what follows a failure.
    ///
    /// - Parameters:
    ///   - failure: What happened.
    ///   - repeatability: Whether the call may be made twice.
    ///   - attempt: How many attempts have failed, from 1.
    ///   - elapsed: Time since the first began.
    ///   - retryAfter: The delay that the service asks for.
    ///   - random: From 0 up to 1: where in its range the delay falls.
    /// - Returns: Whether to try again, and when.
    package func decide(
        _ failure: AttemptFailure,
        _ repeatability: Repeatability,
        attempt: Int,
        elapsed: Duration,
        retryAfter: Duration?,
        random: Double
    ) -> RetryDecision {
        guard Self.mayRepeat(failure, repeatability, attempt: attempt) else { return .fail }
        let delay = self.delay(after: attempt, retryAfter: retryAfter, random: random)
        if retryAfter == nil {
            return attempt < self.attempts && elapsed + delay <= self.budget ? .retry(after: delay) : .fail
        }
        return elapsed + delay <= self.patience ? .retry(after: delay) : .fail
    }

    /// How long to wait before the next attempt, whether or not there is to be one.
    ///
    /// - Parameters:
    ///   - attempt: How many attempts have failed in a row, from 1.
    ///   - retryAfter: The delay that the service asks for.
    ///   - random: From 0 up to 1: where in its range the delay falls.
    /// - Returns: The delay.
    package func delay(after attempt: Int, retryAfter: Duration?, random: Double) -> Duration {
        let ceiling = min(self.cap, self.base * (1 << min(max(0, attempt - 1), 16)))
        guard let retryAfter else { return ceiling * (1 - self.spread + self.spread * random) }
        // A service that asks for no time at all again and again is not to be flooded.
        let asked = max(retryAfter, ceiling / 2)
        return asked + min(asked / 10, self.cap) * random
    }

    private static func mayRepeat(_ failure: AttemptFailure, _ repeatability: Repeatability, attempt: Int) -> Bool {
        switch failure {
        case .status(429): true
        case .status(408), .status(500), .status(502), .status(503), .status(504): repeatability == .idempotent
        case .status: false
        case .notSent(.hostNotFound): attempt < 2
        case .notSent(.unreachable), .notSent(.timedOut): attempt < 4
        case .notSent: false
        case .unanswered(.answerTooLarge): false
        case .unanswered: repeatability == .idempotent
        }
    }
}
