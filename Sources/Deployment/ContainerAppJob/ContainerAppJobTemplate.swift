/// Our own program as a Container Apps job: each hour it does what is due, so that time zones, missed nights and lost
/// triggers are its own matter.
package enum ContainerAppJobTemplate {
    /// The template.
    package static let document = TemplateDocument(
        parameters: JobInputs.all,
        variables: [
            .init("suffix", .expression(Self.suffix)),
            .init("jobName", .expression(.format("apim-backup-{0}", Self.suffix))),
            .init("jobId", .expression(.resourceID(ResourceTypes.jobs.rawValue, .variable("jobName")))),
            .init("identityName", .expression(.format("id-apim-backup-{0}", Self.suffix))),
            .init("identityId", .expression(.resourceID(ResourceTypes.identities.rawValue, .variable("identityName")))),
            .init("environmentName", .expression(.format("cae-apim-backup-{0}", Self.suffix))),
            .init("environmentId", .expression(Self.environmentID)),
        ],
        resources: [
            InstanceGuard.deployment.resource, Self.storage.resource, Self.identity, Self.environment,
            AlertParts.workspace(if: Self.hasOwnEnvironment), Self.log,
        ] + Self.roles.deployments.map(\.resource) + [Self.job] + JobAlerts.resources,
        outputs: [
            ("jobId", .variable("jobId")), ("principalId", Self.principal),
            ("backupsContainer", BackupInputs.container.reference),
            ("catalogContainer", JobInputs.catalogContainer.reference),
        ]
    )

    /// The most seconds that one execution lasts: as long as a backup is followed.
    private static let replicaTimeout = 12 * 3600

    private static let suffix: TemplateExpression = .call(
        "uniqueString",
        .call("resourceGroup").property("id"),
        BackupInputs.instance.reference
    )

    private static let storage = BackupStorage.deployment(hasCatalog: true)

    /// Whether the template makes the environment.
    static let hasOwnEnvironment: TemplateExpression = .call("empty", JobInputs.environment.reference)

    private static let environmentID: TemplateExpression = .choose(
        Self.hasOwnEnvironment,
        .resourceID(ResourceTypes.environments.rawValue, .format("cae-apim-backup-{0}", Self.suffix)),
        else: JobInputs.environment.reference
    )

    private static let principal: TemplateExpression = .call(
        "reference",
        .variable("identityId"),
        .literal(ResourceTypes.identities.apiVersion)
    ).property("principalId")

    private static let roles = BackupRoles(
        host: .containerAppJob,
        principal: Self.principal,
        dependsOn: [.variable("identityId")]
    )

    private static let location = TemplateValue.Member("location", .expression(BackupInputs.location.reference))
    private static let tags = TemplateValue.Member(
        "tags",
        ["apim-backup": .expression(BackupInputs.instance.reference)]
    )

    private static let identity = TemplateResource(
        ResourceTypes.identities.rawValue,
        ResourceTypes.identities.apiVersion,
        name: .expression(.variable("identityName")),
        dependsOn: [InstanceGuard.deployment.id],
        [Self.location, Self.tags]
    )

    private static let environment = TemplateResource(
        ResourceTypes.environments.rawValue,
        ResourceTypes.environments.apiVersion,
        name: .expression(.variable("environmentName")),
        condition: Self.hasOwnEnvironment,
        dependsOn: [InstanceGuard.deployment.id],
        [
            Self.location, Self.tags,
            .init(
                "properties",
                [
                    // Logs go by the diagnostic setting below, which needs no key of the workspace.
                    "appLogsConfiguration": ["destination": "azure-monitor"],
                    "workloadProfiles": [["name": "Consumption", "workloadProfileType": "Consumption"]],
                    "vnetConfiguration": .expression(
                        .choose(
                            .call("empty", JobInputs.subnet.reference),
                            .call("json", .literal("null")),
                            else: .call(
                                "createObject",
                                .literal("infrastructureSubnetId"),
                                JobInputs.subnet.reference
                            )
                        )
                    ),
                ]
            ),
        ]
    )

    private static let log = TemplateResource(
        ResourceTypes.diagnosticSettings.rawValue,
        ResourceTypes.diagnosticSettings.apiVersion,
        name: "service",
        condition: Self.hasOwnEnvironment,
        scope: .format("Microsoft.App/managedEnvironments/{0}", .variable("environmentName")),
        dependsOn: [
            .resourceID(ResourceTypes.environments.rawValue, .variable("environmentName")), AlertParts.workspaceID,
        ],
        [
            Self.location,
            .init(
                "properties",
                [
                    "workspaceId": .expression(AlertParts.workspaceID),
                    "logs": [
                        ["category": "ContainerAppConsoleLogs", "enabled": true],
                        ["category": "ContainerAppSystemLogs", "enabled": true],
                    ],
                ]
            ),
        ]
    )

    private static let arguments: TemplateValue = [
        "run", .expression(InstanceGuard.deployment.output("instanceId")), "--due", "--cron",
        .expression(JobInputs.cron.reference), "--time-zone", .expression(JobInputs.timeZone.reference), "--format",
        "json",
    ]

    private static let job = TemplateResource(
        ResourceTypes.jobs.rawValue,
        ResourceTypes.jobs.apiVersion,
        name: .expression(.variable("jobName")),
        dependsOn: [
            .variable("identityId"),
            .resourceID(ResourceTypes.environments.rawValue, .variable("environmentName")),
        ] + Self.roles.deployments.map(\.id),
        [
            Self.location, Self.tags,
            .init(
                "identity",
                [
                    "type": "UserAssigned",
                    "userAssignedIdentities": .object([.init("[variables('identityId')]", [:])]),
                ]
            ),
            .init(
                "properties",
                [
                    "environmentId": .expression(.variable("environmentId")), "workloadProfileName": "Consumption",
                    "configuration": [
                        "triggerType": "Schedule", "replicaTimeout": .integer(Self.replicaTimeout),
                        "replicaRetryLimit": 0,
                        "scheduleTriggerConfig": [
                            "cronExpression": "0 * * * *", "parallelism": 1, "replicaCompletionCount": 1,
                        ],
                    ],
                    "template": [
                        "containers": [
                            [
                                "name": "apim-backup", "image": .expression(JobInputs.image.reference),
                                "args": Self.arguments, "env": JobEnvironment.variables,
                                "resources": ["cpu": .expression(.call("json", .literal("0.25"))), "memory": "0.5Gi"],
                            ]
                        ]
                    ],
                ]
            ),
        ]
    )
}
