import BackupDomain

/// Decides, without waiting or asking a clock, whether and when a failed attempt is followed by another.
///
/// * 429 is repeated for every call: it says that nothing was accepted. So is a call that never left.
/// * 408, 5xx and broken connections are repeated for idempotent calls only.
/// * What another attempt cannot mend (TLS, a proxy's refusal, an answer past its cap) is not repeated; an unknown host
///   is looked up twice.
///
/// The delay is what the service asks for, otherwise uniform below `min(cap, base · 2ⁿ)`. No attempt begins past the budget.
///
/// Source: <https://learn.microsoft.com/azure/azure-resource-manager/management/request-limits-and-throttling>
struct RetryRules: Sendable, Hashable {
    /// The most attempts that are made.
    var attempts = 6
    /// The scale of the first delay.
    var base = Duration.milliseconds(500)
    /// The longest delay of our own choice.
    var cap = Duration.seconds(20)
    /// The time within which attempts begin, from the start of the first.
    var budget = Duration.seconds(120)

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
    func decide(
        _ failure: AttemptFailure,
        _ repeatability: Repeatability,
        attempt: Int,
        elapsed: Duration,
        retryAfter: Duration?,
        random: Double
    ) -> RetryDecision {
        guard attempt < self.attempts, Self.mayRepeat(failure, repeatability, attempt: attempt) else { return .fail }
        let ceiling = min(self.cap, self.base * (1 << min(max(0, attempt - 1), 16)))
        let delay = retryAfter ?? ceiling * random
        return elapsed + delay > self.budget ? .fail : .retry(after: delay)
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
