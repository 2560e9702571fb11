/// What follows a failed attempt.
enum RetryDecision: Sendable, Hashable {
    /// Wait this long, then try again.
    case retry(after: Duration)
    /// Report the failure.
    case fail
}
