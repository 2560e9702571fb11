package import FoundationEssentials

/// What became of one notice on one channel.
package struct NoticeDelivery: Sendable, Codable, Equatable {
    /// How far it has come.
    package enum State: String, Sendable, Codable {
        /// It is to be sent, or sent again.
        case pending
        /// The channel took it.
        case delivered
        /// It was tried for a day in vain.
        case abandoned
    }

    /// The longest pause between two attempts.
    private static let longestPause = 3600.0
    /// How long it is tried.
    private static let patience = 86_400.0

    /// How far it has come.
    package private(set) var state: State = .pending
    /// How often it was tried.
    package private(set) var attempts = 0
    /// When it is to be tried next.
    package private(set) var dueAt: Date
    /// Until when a process is at work on it; another one takes over after that.
    package var claimedUntil: Date?
    /// When the channel took it, or when it was given up.
    package private(set) var endedAt: Date?
    /// Why the last attempt failed.
    package private(set) var error: BackupError?

    /// Creates a delivery that is due at once.
    ///
    /// - Parameter dueAt: The present instant.
    package init(dueAt: Date) { self.dueAt = dueAt }

    /// Notes what came of an attempt.
    ///
    /// A failed one is followed by another after a minute, two, four and so on, at most an hour.
    ///
    /// - Parameters:
    ///   - failure: Why it failed; nil where the channel took it.
    ///   - writtenAt: When the notice was written.
    ///   - now: The present instant.
    mutating func settle(_ failure: BackupError?, writtenAt: Date, at now: Date) {
        self.claimedUntil = nil
        self.attempts += 1
        self.error = failure
        guard failure != nil else {
            self.state = .delivered
            self.endedAt = now
            return
        }
        self.dueAt = now + min(Self.longestPause, 60 * Double(1 << min(self.attempts - 1, 10)))
        if self.dueAt >= writtenAt + Self.patience { self.abandon(at: now) }
    }

    /// Gives up where it was tried for long enough, or where whoever could send it is gone.
    ///
    /// - Parameters:
    ///   - writtenAt: When the notice was written.
    ///   - now: The present instant.
    mutating func expire(writtenAt: Date, at now: Date) {
        guard self.state == .pending, writtenAt + Self.patience * 2 <= now else { return }
        self.abandon(at: now)
    }

    private mutating func abandon(at now: Date) {
        self.state = .abandoned
        self.endedAt = now
    }
}
