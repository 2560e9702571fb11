package import FoundationEssentials

/// When an instance's backups are tried on a scratch instance, and how old the last passed drill may be.
package struct DrillRules: Sendable, Hashable {
    /// How long after its time a drill may still begin.
    package static let window = Duration.seconds(86_400)
    /// What a drill is given beyond the longest interval of its schedule before it counts as overdue.
    private static let allowance = Duration.seconds(2 * 86_400)

    /// The cron expression.
    package var cron: CronExpression
    /// The IANA name of the zone whose clocks count.
    package var timeZone: String
    /// The oldest that the last passed drill may be; nil where the schedule says it.
    package var maxAge: Duration?

    /// Creates rules; each Sunday at four by UTC by default.
    package init(cron: CronExpression = .weekly, timeZone: String = "UTC", maxAge: Duration? = nil) {
        self.cron = cron
        self.timeZone = timeZone
        self.maxAge = maxAge
    }

    /// The schedule, as a scheduler takes it.
    package var schedule: Schedule {
        Schedule(timing: .cron(self.cron), timeZone: self.timeZone, catchUpWindow: Self.window)
    }

    /// The oldest that the last passed drill may be.
    ///
    /// - Parameters:
    ///   - zone: The rules of the schedule's zone.
    ///   - now: The present instant.
    /// - Returns: What was said, else the longest interval of the schedule and two days.
    package func allowedAge(zone: TimeZoneRules, at now: Date) -> Duration {
        self.maxAge ?? (self.schedule.longestInterval(zone: zone, around: now) ?? .zero) + Self.allowance
    }

    /// The time for which a drill is due.
    ///
    /// Times before the schedule was first seen are none of its, and one that could not begin within a day is left out: the next
    /// one tries a newer backup.
    ///
    /// - Parameters:
    ///   - zone: The rules of the schedule's zone.
    ///   - history: What drills there were.
    ///   - now: The present instant.
    /// - Returns: The nominal time; nil where none is due.
    package func due(zone: TimeZoneRules, _ history: DrillHistory, at now: Date) -> Date? {
        guard let time = NominalTimes(.cron(self.cron), zone: zone).last(upTo: now)?.at, let since = history.since,
            time >= since, now.timeIntervalSince(time) <= Self.window.timeInterval, history.drill(of: time) == nil
        else { return nil }
        return time
    }
}
