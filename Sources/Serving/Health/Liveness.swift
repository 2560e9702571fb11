import BackupDomain

/// What `/livez` says: whether the scheduler still looks what is due.
package struct Liveness: Encodable, Sendable {
    /// Whether it does.
    package let live: Bool
    /// How long ago it looked, in seconds; nil before the first time.
    package let tickAgeSeconds: Int?
    /// What is wrong; nil where nothing is.
    package let reason: String?

    /// Judges.
    ///
    /// - Parameters:
    ///   - tickAge: How long ago the scheduler looked; nil before the first time.
    ///   - uptime: How long the daemon has been at work.
    ///   - limit: How long it may take.
    package init(tickAge: Duration?, uptime: Duration, limit: Duration) {
        let age = tickAge ?? uptime
        self.live = age <= limit
        self.tickAgeSeconds = tickAge.map { Int($0.components.seconds) }
        self.reason =
            self.live
            ? nil
            : "The scheduler has not looked for \(age.formattedBriefly); it does so every five minutes at the latest."
    }

    /// The page: 200 where it is live, else 503.
    package var page: HTTPPage { .json(status: self.live ? 200 : 503, self) }
}
