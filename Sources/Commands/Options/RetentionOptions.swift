import ArgumentParser
import BackupDomain

/// What is to be kept: the rules add up, and without one nothing is released.
struct RetentionOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Keep this many newest backups.", valueName: "n"))
    var keepLast = 0

    @Option(help: ArgumentHelp("Keep the newest backup of each of the last n hours that have one.", valueName: "n"))
    var keepHourly = 0

    @Option(help: ArgumentHelp("Keep the newest backup of each of the last n days that have one.", valueName: "n"))
    var keepDaily = 0

    @Option(help: ArgumentHelp("Keep the newest backup of each of the last n weeks that have one.", valueName: "n"))
    var keepWeekly = 0

    @Option(help: ArgumentHelp("Keep the newest backup of each of the last n months that have one.", valueName: "n"))
    var keepMonthly = 0

    @Option(help: ArgumentHelp("Keep the newest backup of each of the last n years that have one.", valueName: "n"))
    var keepYearly = 0

    @Option(help: ArgumentHelp("Keep all backups younger than this, in whole days.", valueName: "30d"))
    var keepWithin: BackupDuration?

    @Option(
        help: ArgumentHelp("Keep at least this many verified backups that Azure can still restore.", valueName: "n")
    )
    var minGood = 3

    @Option(help: ArgumentHelp("Delete no more than this many backups of an instance.", valueName: "n"))
    var maxDeletions = 10

    @Option(
        help: ArgumentHelp(
            "Stop where a backup has less than this share of the median size of the ten before it; 0 never stops.",
            valueName: "share"
        )
    )
    var shrinkGuard = 0.7

    func validate() throws {
        let counts = [
            ("--keep-last", self.keepLast), ("--keep-hourly", self.keepHourly), ("--keep-daily", self.keepDaily),
            ("--keep-weekly", self.keepWeekly), ("--keep-monthly", self.keepMonthly),
            ("--keep-yearly", self.keepYearly),
        ]
        for (name, count) in counts where !(0...100_000).contains(count) {
            throw ValidationError("\(name) takes a number from 0 to 100000, not \(count).")
        }
        guard (1...1000).contains(self.minGood) else {
            throw ValidationError(
                "--min-good takes a number from 1 to 1000, not \(self.minGood): the last good backup stays."
            )
        }
        guard (1...1000).contains(self.maxDeletions) else {
            throw ValidationError("--max-deletions takes a number from 1 to 1000, not \(self.maxDeletions).")
        }
        guard (0...1).contains(self.shrinkGuard) else {
            throw ValidationError("--shrink-guard takes a share from 0 to 1, not \(self.shrinkGuard).")
        }
        if let within = self.keepWithin?.duration.components.seconds, within % 86_400 != 0 || within == 0 {
            throw ValidationError("--keep-within takes whole days, such as 30d.")
        }
    }

    /// The rules as one value.
    var policy: RetentionPolicy {
        var policy = RetentionPolicy()
        policy.keepLast = self.keepLast
        policy.keepHourly = self.keepHourly
        policy.keepDaily = self.keepDaily
        policy.keepWeekly = self.keepWeekly
        policy.keepMonthly = self.keepMonthly
        policy.keepYearly = self.keepYearly
        policy.keepWithinDays = self.keepWithin.map { Int($0.duration.components.seconds / 86_400) }
        policy.minGood = self.minGood
        policy.maxDeletions = self.maxDeletions
        policy.shrinkGuard = self.shrinkGuard
        return policy
    }
}
