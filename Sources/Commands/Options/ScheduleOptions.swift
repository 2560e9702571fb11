import ArgumentParser
import Settings

/// When instances are due, in place of what the settings say.
struct ScheduleOptions: ParsableArguments, SettingOptions {
    @Option(help: "Five fields, such as '0 1 * * *', or @daily. (default: that of the settings, else 0 1 * * *)")
    var cron: String?

    @Option(help: "An interval in place of --cron: a number with s, m, h or d.")
    var every: String?

    @Option(help: "The IANA name of the time zone whose clocks count for --cron. (default: UTC)")
    var timeZone: String?

    @Option(help: "latest, all or none of the times that passed while nothing ran is made up for. (default: latest)")
    var catchUp: String?

    @Option(help: "How far back times are made up for, from 1h to 30d. (default: 7d)")
    var catchUpWindow: String?

    @Option(help: "skip or queue a time that comes while a run is under way. (default: skip)")
    var overlap: String?

    @Option(help: "The most by which a run begins after its time, the same for the same time. (default: 0s)")
    var jitter: String?

    func validate() throws {
        if self.every != nil, let option = self.cron.map({ _ in "--cron" }) ?? self.timeZone.map({ _ in "--time-zone" })
        {
            throw ValidationError("\(option) and --every exclude each other.")
        }
        if self.catchUp == "none", self.catchUpWindow != nil {
            throw ValidationError("--catch-up-window says nothing where --catch-up is none.")
        }
    }

    /// The options that were given.
    var given: [String] { self.flags.compactMap { $0?.name } }

    var flags: [SettingFlag?] {
        [
            SettingFlag("schedule.cron", "--cron", self.cron), SettingFlag("schedule.every", "--every", self.every),
            SettingFlag("schedule.timeZone", "--time-zone", self.timeZone),
            SettingFlag("schedule.catchUp", "--catch-up", self.catchUp),
            SettingFlag("schedule.catchUpWindow", "--catch-up-window", self.catchUpWindow),
            SettingFlag("schedule.overlap", "--overlap", self.overlap),
            SettingFlag("schedule.jitter", "--jitter", self.jitter),
        ]
    }
}
