/// What the times of a schedule depend on, as the catalog keeps it: two equal ones name the same times.
package struct RecordedTiming: Sendable, Codable, Hashable {
    /// The cron expression; nil for an interval.
    package private(set) var cron: String?
    /// The interval in seconds; nil for a cron expression.
    package private(set) var everySeconds: Int?
    /// The zone whose clocks count; nil for an interval.
    package private(set) var timeZone: String?

    /// Takes over what the times of a schedule depend on.
    ///
    /// - Parameter schedule: The schedule.
    package init(_ schedule: Schedule) {
        switch schedule.timing {
        case .cron(let expression):
            self.cron = expression.text
            self.timeZone = schedule.timeZone
        case .every(let seconds): self.everySeconds = seconds
        }
    }

    /// The timing; nil where a newer release wrote what this one cannot read.
    package var timing: ScheduleTiming? {
        if let cron = self.cron { return (try? CronExpression(cron)).map(ScheduleTiming.cron) }
        guard let seconds = self.everySeconds, ScheduleTiming.intervals.contains(seconds) else { return nil }
        return .every(seconds: seconds)
    }
}
