/// Our own program as a Container Apps job: each hour it does what is due, so that time zones, missed nights and lost
/// triggers are its own matter.
package enum ContainerAppJobTemplate {
    /// The template.
    package static let document = TemplateDocument(
        parameters: JobInputs.all,
        variables: Self.job.templateVariables,
        resources: [InstanceGuard.deployment.resource, Self.storage.resource] + Self.job.surroundings
            + Self.roles.deployments.map(\.resource)
            // The roles may be left out: what the job's variables refer to is named apart.
            + [Self.job.job(after: [Self.storage.id] + Self.roles.deployments.map(\.id))]
            + Self.alerts.resources,
        outputs: [
            ("jobId", .variable("jobId")), ("principalId", JobResources.principal),
            ("backupsContainer", BackupInputs.container.reference),
            ("catalogContainer", JobInputs.catalogContainer.reference),
        ]
    )

    private static let storage = BackupStorage.deployment(hasCatalog: true)

    private static let alerts = JobAlerts(
        parts: .ofInstance,
        missed: JobAlerts.query(
            "\(JobAlerts.lines) | summarize nights = countif(\(JobAlerts.isGood) and TimeGenerated > ago(\(JobAlerts.patience))) "
                + "| where nights == 0 and now() > datetime({1}) + \(JobAlerts.grace)"
        )
    )

    private static let roles = BackupRoles(
        host: .containerAppJob,
        principal: JobResources.principal,
        dependsOn: [.variable("identityId")]
    )

    private static let arguments: TemplateValue = [
        "run", .expression(InstanceGuard.deployment.output("instanceId")), "--due", "--cron",
        .expression(JobInputs.cron.reference), "--time-zone", .expression(JobInputs.timeZone.reference), "--format",
        "json",
    ]

    private static let job = JobResources(
        subject: BackupInputs.instance.reference,
        after: [InstanceGuard.deployment.id],
        alerts: .ofInstance,
        arguments: Self.arguments,
        variables: JobEnvironment.ofInstance
    )
}
