/// The alerts of the job: a failed and a missed night, both by what the program itself says in its log.
///
/// The job's own log of executions cannot tell a night without a backup from an hour in which nothing was due.
struct JobAlerts {
    /// How long after the last good backup the alarm is raised, in the terms of queries: gap 2 of their formats.
    static let patience = "{2}h"
    /// Until when a new job is not missed, after the instant in gap 1: a day and a bit, since its first night may be a late one.
    static let grace = "\(patience) + 24h"

    /// What the job has written; its name is gap 0.
    ///
    /// A job that never wrote has no table, which must not end the query.
    static let lines =
        "union isfuzzy=true (datatable(TimeGenerated: datetime, JobName: string, Log: string)[]), ContainerAppConsoleLogs "
        + "| where JobName == '{0}'"
    /// A line that tells of a good backup.
    static let isGood = "Log contains_cs '\"outcome\":\"verified\"'"
    /// The same where of some instances only inventories are taken.
    static let isGoodOrInventory = "(\(isGood) or Log contains_cs '\"outcome\":\"inventoried\"')"

    /// A query over what the job has written.
    static func query(_ pattern: String) -> TemplateExpression {
        .format(
            pattern,
            .variable("jobName"),
            BackupInputs.firstRun.reference,
            JobInputs.missedAfter.reference
        )
    }

    /// What the alerts are made of.
    let parts: AlertParts
    /// The condition that a line tells of what was wanted.
    var isGood = Self.isGood
    /// The query that finds a missed night.
    let missed: TemplateExpression

    /// The resources.
    var resources: [TemplateResource] {
        let failed = self.parts.alert(
            "alert-apim-backup-failed",
            "A backup failed of",
            // Two hours, looked at each hour: what is logged arrives some minutes late.
            query: Self.query(
                "\(Self.lines) | where TimeGenerated > ago(2h) | where Log contains_cs '\"type\":\"summary\"' and not(\(self.isGood))"
            ),
            after: [.variable("jobId")]
        )
        let missed = self.parts.alert(
            "alert-apim-backup-missed",
            "No good backup for a day of",
            query: self.missed,
            after: [.variable("jobId")]
        )
        let isMissedWanted = TemplateExpression.call("greater", JobInputs.missedAfter.reference, .number(0))
        return [Self.when(self.parts.group), Self.when(failed), Self.when(missed, isMissedWanted)]
    }

    /// Only in an environment of its own does the template know where the log is.
    private static func when(_ resource: TemplateResource, _ more: TemplateExpression? = nil) -> TemplateResource {
        var resource = resource
        let (wanted, own) = (AlertParts.isWanted, JobResources.hasOwnEnvironment)
        resource.condition = more.map { .call("and", wanted, own, $0) } ?? .call("and", wanted, own)
        return resource
    }
}
