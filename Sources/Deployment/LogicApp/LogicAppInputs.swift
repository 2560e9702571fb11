/// The inputs of the Logic App's template beside those of every host.
package enum LogicAppInputs {
    static let hour = TemplateParameter(
        "schedule_hour",
        .integer,
        "Hour of the backup, in the time zone.",
        standard: 1,
        range: 0...23
    )
    static let minute = TemplateParameter(
        "schedule_minute",
        .integer,
        "Minute of the backup.",
        standard: 0,
        range: 0...59
    )
    /// The time zone whose clocks count.
    package static let timeZone = TemplateParameter(
        "time_zone",
        "Time zone by its Windows name, such as W. Europe Standard Time: Logic Apps know no other names.",
        standard: "UTC"
    )
    static let deletesExpired = TemplateParameter(
        "delete_expired_backups",
        .boolean,
        "Whether to delete backups that Azure no longer restores, after a good night and while newer good ones remain.",
        standard: false
    )
    static let minGood = TemplateParameter(
        "min_good",
        .integer,
        "How many newer good backups must remain for any to be deleted.",
        standard: 3,
        range: 1...1000
    )
    static let all = BackupInputs.all + [hour, minute, timeZone, deletesExpired, minGood, BackupInputs.firstRun]
}
