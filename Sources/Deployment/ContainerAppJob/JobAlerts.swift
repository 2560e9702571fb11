/// The alerts of the job: a failed and a missed night, both by what the program itself says in its log.
///
/// The job's own log of executions cannot tell a night without a backup from an hour in which nothing was due.
enum JobAlerts {
    private static let patience = 26

    static let resources = [AlertParts.group, Self.failed, Self.missed].map(Self.withEnvironment)

    private static let lines = "ContainerAppConsoleLogs | where JobName == '{0}'"

    private static let failed = AlertParts.alert(
        "alert-apim-backup-failed",
        "A backup failed of",
        query: .format(
            "\(Self.lines) | where TimeGenerated > ago(1h) | where Log has '\"type\":\"summary\"' and not(Log has '\"outcome\":\"verified\"')",
            .variable("jobName")
        ),
        after: [.variable("jobId")]
    )

    private static let missed = AlertParts.alert(
        "alert-apim-backup-missed",
        "No good backup for a day of",
        query: .format(
            "\(Self.lines) | summarize nights = countif(Log has '\"outcome\":\"verified\"' and TimeGenerated > ago(\(Self.patience)h)) "
                + "| where nights == 0 and now() > datetime({1}) + \(Self.patience)h",
            .variable("jobName"),
            BackupInputs.firstRun.reference
        ),
        after: [.variable("jobId")]
    )

    /// Only in an environment of its own does the template know where the log is.
    private static func withEnvironment(_ resource: TemplateResource) -> TemplateResource {
        var resource = resource
        resource.condition = .call("and", AlertParts.isWanted, ContainerAppJobTemplate.hasOwnEnvironment)
        return resource
    }
}
