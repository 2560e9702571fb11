import FoundationEssentials

/// What a ``TokenCache`` holds for one audience.
struct TokenCacheEntry {
    /// How a renewal ended, for those who waited.
    enum Signal: Sendable {
        /// With this token.
        case token(AccessToken)
        /// With this error.
        case failure(any Error)
        /// It did not end: look again, and renew if it is your turn.
        case handover
    }

    /// The newest token.
    var token: AccessToken?
    /// Whether a caller is renewing it.
    var isRenewing = false
    /// Until when a failed renewal is not repeated, while the old token serves.
    var pauseUntil: Date?
    /// The last number that was given to a waiter.
    var lastWaiter = 0
    /// Who waits for the renewal.
    var waiters: [Int: CheckedContinuation<Signal, Never>] = [:]
}
