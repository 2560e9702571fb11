/// What follows a failed attempt.
package enum RetryDecision: Sendable, Hashable {
    /// Wait this long, then try again.
    case retry(after: Duration)
    /// Report the failure.
    case fail
}
