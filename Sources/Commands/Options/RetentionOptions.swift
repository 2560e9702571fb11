import ArgumentParser
import Settings

/// What is to be kept: the rules add up, and without one nothing is released.
struct RetentionOptions: ParsableArguments, SettingOptions {
    @Option(help: ArgumentHelp("Keep this many newest backups. (default: 0)", valueName: "n"))
    var keepLast: String?

    @Option(help: Self.newest("hours"))
    var keepHourly: String?

    @Option(help: Self.newest("days"))
    var keepDaily: String?

    @Option(help: Self.newest("weeks"))
    var keepWeekly: String?

    @Option(help: Self.newest("months"))
    var keepMonthly: String?

    @Option(help: Self.newest("years"))
    var keepYearly: String?

    @Option(help: ArgumentHelp("Keep all backups younger than this, in whole days.", valueName: "30d"))
    var keepWithin: String?

    @Option(
        help: ArgumentHelp(
            "Keep at least this many verified backups that Azure can still restore. (default: 3)",
            valueName: "n"
        )
    )
    var minGood: String?

    @Option(help: ArgumentHelp("Delete no more than this many backups of an instance. (default: 10)", valueName: "n"))
    var maxDeletions: String?

    @Option(
        help: ArgumentHelp(
            "Stop where a backup has less than this share of the median size of the ten before it; 0 never stops. "
                + "(default: 0.7)",
            valueName: "share"
        )
    )
    var shrinkGuard: String?

    private static func newest(_ units: String) -> ArgumentHelp {
        ArgumentHelp(
            "Keep the newest backup of each of the last n \(units) that have one. (default: 0)",
            valueName: "n"
        )
    }

    var flags: [SettingFlag?] {
        [
            SettingFlag("retention.keepLast", "--keep-last", self.keepLast),
            SettingFlag("retention.keepHourly", "--keep-hourly", self.keepHourly),
            SettingFlag("retention.keepDaily", "--keep-daily", self.keepDaily),
            SettingFlag("retention.keepWeekly", "--keep-weekly", self.keepWeekly),
            SettingFlag("retention.keepMonthly", "--keep-monthly", self.keepMonthly),
            SettingFlag("retention.keepYearly", "--keep-yearly", self.keepYearly),
            SettingFlag("retention.keepWithin", "--keep-within", self.keepWithin),
            SettingFlag("retention.minGood", "--min-good", self.minGood),
            SettingFlag("retention.maxDeletions", "--max-deletions", self.maxDeletions),
            SettingFlag("retention.shrinkGuard", "--shrink-guard", self.shrinkGuard),
        ]
    }
}
