/// The alerts of the job: a failed and a missed night, both by what the program itself says in its log.
///
/// The job's own log of executions cannot tell a night without a backup from an hour in which nothing was due.
struct JobAlerts {
    /// How many hours after the last good backup the alarm is raised.
    static let patience = 26

    /// What the job has written.
    static let lines = "ContainerAppConsoleLogs | where JobName == '{0}'"

    /// What the alerts are made of.
    let parts: AlertParts
    /// The query that finds a missed night.
    let missed: TemplateExpression

    /// The resources.
    var resources: [TemplateResource] {
        let failed = self.parts.alert(
            "alert-apim-backup-failed",
            "A backup failed of",
            query: .format(
                "\(Self.lines) | where TimeGenerated > ago(1h) | where Log has '\"type\":\"summary\"' and not(Log has '\"outcome\":\"verified\"')",
                .variable("jobName")
            ),
            after: [.variable("jobId")]
        )
        let missed = self.parts.alert(
            "alert-apim-backup-missed",
            "No good backup for a day of",
            query: self.missed,
            after: [.variable("jobId")]
        )
        return [self.parts.group, failed, missed].map(Self.withEnvironment)
    }

    /// Only in an environment of its own does the template know where the log is.
    private static func withEnvironment(_ resource: TemplateResource) -> TemplateResource {
        var resource = resource
        resource.condition = .call("and", AlertParts.isWanted, JobResources.hasOwnEnvironment)
        return resource
    }
}
