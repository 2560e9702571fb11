package import FoundationEssentials

/// Whether a channel takes what is sent to it.
package struct ChannelHealth: Sendable, Codable, Equatable {
    /// When it last took a notice.
    package private(set) var deliveredAt: Date?
    /// Since when every attempt has failed; nil where the last one succeeded.
    package private(set) var failingSince: Date?
    /// How many attempts have failed, ever.
    package private(set) var failures = 0
    /// How many notices were given up.
    package private(set) var abandoned = 0
    /// Why the last attempt failed; nil where it succeeded.
    package private(set) var error: BackupError?

    /// Creates the health of a channel that was never tried.
    package init() {}

    /// Notes what came of an attempt.
    ///
    /// - Parameters:
    ///   - failure: Why it failed; nil where it succeeded.
    ///   - isAbandoned: Whether the notice was given up.
    ///   - now: The present instant.
    mutating func note(_ failure: BackupError?, isAbandoned: Bool, at now: Date) {
        self.error = failure
        if isAbandoned { self.abandoned += 1 }
        guard failure != nil else {
            self.deliveredAt = now
            self.failingSince = nil
            return
        }
        self.failures += 1
        self.failingSince = self.failingSince ?? now
    }
}
