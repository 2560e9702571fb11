package import BackupDomain

/// When a backup of the instance is tried on a scratch instance, and how old the last passed drill may be.
package struct DrillSettings: SettingsSection, Hashable {
    /// The scratch instance that backups are restored into, by name or resource id; nil for no drills by schedule.
    package var to: String?
    /// The cron expression; nil for each Sunday at four.
    package var cron: CronExpression?
    /// The IANA name of the zone whose clocks count.
    package var timeZone = DrillRules().timeZone
    /// The oldest that the last passed drill may be; nil where the schedule says it.
    package var maxAge: Duration?

    /// Creates the section as it is where nothing is set: no drills by schedule.
    package init() {}

    package static let fields: [SettingField<Self>] = [
        .value(
            "to",
            \.to,
            .text(
                "an instance's name or resource id",
                example: "contoso-scratch",
                pattern: "^([a-zA-Z][a-zA-Z0-9-]{0,49}|/subscriptions/.+)$",
                where: { Instance.isValidName($0) || ResourceID($0)?.isInstance == true }
            ),
            "The scratch instance that backups are restored into, which must carry the tag `apim-backup-scratch=true`."
        ),
        .value("cron", \.cron, .cron, lead: "to", "When drills are due; each Sunday at four by default."),
        .value("timeZone", \.timeZone, .timeZone, lead: "to", "The time zone whose clocks count for `cron`."),
        .value(
            "maxAge",
            \.maxAge,
            .duration(.seconds(3600) ... .seconds(3650 * 86_400), example: "16d"),
            lead: "to",
            "The oldest that the last passed drill may be; without a word the schedule's longest interval and two days."
        ),
    ]

    /// The rules; nil where there are no drills by schedule.
    package var rules: DrillRules? {
        guard self.to != nil else { return nil }
        return DrillRules(cron: self.cron ?? .weekly, timeZone: self.timeZone, maxAge: self.maxAge)
    }

    package func check(_ report: inout SectionReport) {
        let others = [("cron", self.cron != nil), ("maxAge", self.maxAge != nil)]
        guard self.to == nil, let other = others.first(where: \.1) else { return }
        report.note(
            other.0,
            "it says nothing without 'to'",
            fix: "Name the scratch instance with 'to', or take it out."
        )
    }
}
