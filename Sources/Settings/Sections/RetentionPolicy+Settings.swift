package import BackupDomain

extension RetentionPolicy: SettingsSection {
    package static let fields: [SettingField<Self>] = [
        .value("keepLast", \.keepLast, .integer(0...100_000), "Keep this many newest backups; 0 leaves the rule out."),
        .value("keepHourly", \.keepHourly, .integer(0...100_000), Self.newest("hours")),
        .value("keepDaily", \.keepDaily, .integer(0...100_000), Self.newest("days")),
        .value("keepWeekly", \.keepWeekly, .integer(0...100_000), Self.newest("weeks")),
        .value("keepMonthly", \.keepMonthly, .integer(0...100_000), Self.newest("months")),
        .value("keepYearly", \.keepYearly, .integer(0...100_000), Self.newest("years")),
        .value("keepWithin", \.keepWithinDays, .wholeDays(1...36_500), "Keep all backups younger than this."),
        .value(
            "minGood",
            \.minGood,
            .integer(1...1000, because: "the last good backup stays"),
            "Keep at least this many verified backups that Azure can still restore."
        ),
        .value(
            "maxDeletions",
            \.maxDeletions,
            .integer(1...1000),
            "Delete no more than this many backups of an instance in one prune."
        ),
        .value(
            "shrinkGuard",
            \.shrinkGuard,
            .share(because: "0 never stops"),
            "Stop where a backup has less than this share of the median size of the ten before it."
        ),
    ]

    private static func newest(_ units: String) -> String {
        "Keep the newest backup of each of the last n \(units) that have one; 0 leaves the rule out."
    }
}
