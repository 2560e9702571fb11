package import BackupDomain
import FoundationEssentials

/// When an instance is backed up, and what becomes of times that could not be kept.
package struct ScheduleSettings: SettingsSection, Hashable {
    /// The cron expression; nil for each night at one, or for the interval of ``every``.
    package var cron: CronExpression?
    /// The interval; nil for a cron expression.
    package var every: Duration?
    /// The IANA name of the zone whose clocks count for a cron expression.
    package var timeZone = Schedule().timeZone
    /// What becomes of times that passed while no scheduler was at work.
    package var catchUp = Schedule().catchUp
    /// How far back times are made up for.
    package var catchUpWindow = Schedule().catchUpWindow
    /// What becomes of a time that comes while a run is under way.
    package var overlap = Schedule().overlap
    /// The most by which a run begins after its time.
    package var jitter = Schedule().jitter

    /// Creates the schedule of each night at one by UTC.
    package init() {}

    package static let fields: [SettingField<Self>] = [
        .value(
            "cron",
            \.cron,
            .cron,
            lead: "every",
            "When backups are due; each night at one where neither this nor `every` is given."
        ),
        .value(
            "every",
            \.every,
            .duration(.seconds(ScheduleTiming.intervals.lowerBound) ... .seconds(ScheduleTiming.intervals.upperBound)),
            lead: "cron",
            "An interval in place of `cron`, counted from 1970-01-01T00:00:00Z."
        ),
        .value(
            "timeZone",
            \.timeZone,
            .timeZone,
            lead: "every",
            "The time zone whose clocks count for `cron`."
        ),
        .value("catchUp", \.catchUp, .choice, "Which of the times are made up for that passed while nothing ran."),
        .value("catchUpWindow", \.catchUpWindow, .duration(Schedule.windows), "How far back times are made up for."),
        .value("overlap", \.overlap, .choice, "What becomes of a time that comes while a run is under way."),
        .value(
            "jitter",
            \.jitter,
            .duration(.zero ... .seconds(30 * 86_400)),
            "The most by which a run begins after its time, always the same for the same instance and time."
        ),
    ]

    /// The schedule.
    package var schedule: Schedule {
        let interval = self.every.map { ScheduleTiming.every(seconds: Int($0.components.seconds)) }
        return Schedule(
            timing: interval ?? .cron(self.cron ?? .nightly),
            timeZone: self.timeZone,
            catchUp: self.catchUp,
            catchUpWindow: self.catchUpWindow,
            overlap: self.overlap,
            jitter: self.jitter
        )
    }

    /// The longest that two times are apart; nil where nothing is said of when backups are due, and others may make them.
    var longestStatedInterval: Duration? {
        guard self.cron != nil || self.every != nil else { return nil }
        return self.schedule.longestInterval(zone: .utc, around: Date(timeIntervalSince1970: 0))
    }

    package func check(_ report: inout SectionReport) {
        if self.every != nil {
            if self.cron != nil {
                report.note("every", "cron and every exclude each other, and both are given", fix: "Keep one of them.")
            }
            if self.timeZone != Schedule().timeZone {
                report.note(
                    "timeZone",
                    "it goes with cron only: an interval is counted from 1970-01-01T00:00:00Z",
                    fix: "Take it out, or say with cron when backups are due."
                )
            }
        }
        if self.catchUp == .none, self.catchUpWindow != Schedule().catchUpWindow {
            report.note(
                "catchUpWindow",
                "it says nothing where catchUp is none",
                fix: "Take it out, or let catchUp be latest or all.",
                severity: .warning
            )
        }
        let schedule = self.schedule
        guard self.jitter > .zero, self.jitter >= schedule.shortestDistance else { return }
        report.note(
            "jitter",
            "\(self.jitter.formattedBriefly) is not shorter than the distance of two times, "
                + schedule.shortestDistance.formattedBriefly,
            fix: "Make it shorter."
        )
    }
}
