import ArgumentParser
import BackupDomain

/// When an instance is due.
struct ScheduleOptions: ParsableArguments {
    @Option(help: "Five fields, such as '0 1 * * *', or @daily. (default: 0 1 * * *)")
    var cron: String?

    @Option(help: "An interval in place of --cron: a number with s, m, h or d.")
    var every: BackupDuration?

    @Option(help: "The IANA name of the time zone whose clocks count for --cron. (default: UTC)")
    var timeZone: String?

    @Option(help: "latest, all or none of the times that passed while nothing ran is made up for. (default: latest)")
    var catchUp: CatchUp?

    @Option(help: "How far back times are made up for, from 1h to 30d. (default: 7d)")
    var catchUpWindow: BackupDuration?

    @Option(help: "skip or queue a time that comes while a run is under way. (default: skip)")
    var overlap: Overlap?

    @Option(help: "The most by which a run begins after its time, the same for the same time. (default: 0s)")
    var jitter: BackupDuration?

    func validate() throws {
        if self.every != nil, let option = self.cron.map({ _ in "--cron" }) ?? self.timeZone.map({ _ in "--time-zone" })
        {
            throw ValidationError("\(option) and --every exclude each other.")
        }
        if let every = self.every, !ScheduleTiming.intervals.contains(Int(every.duration.components.seconds)) {
            throw ValidationError("--every takes an interval from 1m to 366d.")
        }
        if let window = self.catchUpWindow, !Schedule.windows.contains(window.duration) {
            throw ValidationError("--catch-up-window takes a duration from 1h to 30d.")
        }
        if self.catchUp == CatchUp.none, self.catchUpWindow != nil {
            throw ValidationError("--catch-up-window says nothing where --catch-up is none.")
        }
    }

    /// The options that were given.
    var given: [String] {
        let options: [(String, Bool)] = [
            ("--cron", self.cron != nil), ("--every", self.every != nil), ("--time-zone", self.timeZone != nil),
            ("--catch-up", self.catchUp != nil), ("--catch-up-window", self.catchUpWindow != nil),
            ("--overlap", self.overlap != nil), ("--jitter", self.jitter != nil),
        ]
        return options.filter(\.1).map(\.0)
    }

    /// The schedule that was given.
    ///
    /// - Returns: The schedule.
    /// - Throws: ``BackupDomain/BackupError`` with code `invalidInput`.
    func schedule() throws(BackupError) -> Schedule {
        var schedule = Schedule()
        if let every = self.every {
            schedule.timing = .every(seconds: Int(every.duration.components.seconds))
        } else if let cron = self.cron {
            schedule.timing = .cron(try CronExpression(cron))
        }
        schedule.timeZone = self.timeZone ?? schedule.timeZone
        schedule.catchUp = self.catchUp ?? schedule.catchUp
        schedule.catchUpWindow = self.catchUpWindow?.duration ?? schedule.catchUpWindow
        schedule.overlap = self.overlap ?? schedule.overlap
        schedule.jitter = self.jitter?.duration ?? schedule.jitter
        guard schedule.jitter < schedule.shortestDistance else {
            throw BackupError(
                .invalidInput,
                "A jitter of \(schedule.jitter.formattedBriefly) is not shorter than the distance of two times, "
                    + "\(schedule.shortestDistance.formattedBriefly).",
                remedy: "Make it shorter."
            )
        }
        return schedule
    }
}

extension CatchUp: ExpressibleByArgument {}
extension Overlap: ExpressibleByArgument {}
