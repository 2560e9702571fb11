/// How old the newest good backup of an instance may be: what somebody says, else what its schedule makes us expect.
///
/// One rule for all that judge by age: `status`, metrics, incidents and the morning's line.
package struct AgeLimit: Sendable, Hashable {
    /// The least time that a run is given beyond the interval: an hour to end, and one in which its absence is told.
    package static let leastAllowance = Duration.seconds(7200)

    /// The oldest that somebody allows; nil where the schedule says it.
    package var maxAge: Duration?
    /// The longest that two backups are apart by the schedule; nil where nothing is expected.
    package var interval: Duration?

    /// Creates a limit; for a backup each day by default.
    ///
    /// - Parameters:
    ///   - maxAge: The oldest that somebody allows; nil where the schedule says it.
    ///   - interval: The longest that two backups are apart by the schedule; nil where nothing is expected.
    package init(maxAge: Duration? = nil, interval: Duration? = .seconds(86_400)) {
        self.maxAge = maxAge
        self.interval = interval
    }

    /// The oldest that the newest good backup may be.
    ///
    /// - Parameter usualDuration: How long the instance's runs usually take; nil where nobody knows.
    /// - Returns: What somebody allows; else the interval and twice the usual duration, two hours at least. Nil where nothing
    ///   is expected.
    package func allowed(usualDuration: Duration?) -> Duration? {
        self.maxAge ?? self.interval.map { $0 + max(Self.leastAllowance, (usualDuration ?? .zero) * 2) }
    }
}
