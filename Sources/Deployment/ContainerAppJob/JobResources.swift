/// What a Container Apps job and its surroundings are made of, for one instance and for many.
struct JobResources {
    /// The most seconds that one execution lasts: as long as a backup is followed.
    private static let replicaTimeout = 12 * 3600
    /// The volume with the settings.
    private static let volume = "settings"

    /// What makes the names unique, and what the tags say.
    let subject: TemplateExpression
    /// What must be there before anything is made.
    let after: [TemplateExpression]
    /// The alerts, whose workspace takes the log.
    let alerts: AlertParts
    /// The command line.
    var arguments: TemplateValue
    /// The variables, by name.
    let variables: [(name: String, value: TemplateValue)]
    /// Whether it is started by its schedule; else by a call only.
    var isScheduled = true
    /// The job's secrets, by name.
    var secrets: [TemplateValue.Member] = []
    /// The files that the container finds in a folder, each with the secret that it holds.
    var mount: (folder: String, files: [(name: String, secret: String)])?

    /// Whether the template makes the environment.
    static let hasOwnEnvironment: TemplateExpression = .call("empty", JobInputs.environment.reference)

    /// The object id of the job's identity.
    static let principal = Self.identityProperty("principalId")

    /// A property of the job's identity.
    static func identityProperty(_ name: String) -> TemplateExpression {
        .call("reference", .variable("identityId"), .literal(ResourceTypes.identities.apiVersion)).property(name)
    }

    private var suffix: TemplateExpression {
        .call("uniqueString", .call("resourceGroup").property("id"), self.subject)
    }

    /// The variables that the template needs.
    var templateVariables: [TemplateValue.Member] {
        [
            .init("suffix", .expression(self.suffix)),
            .init("jobName", .expression(.format("apim-backup-{0}", self.suffix))),
            .init("jobId", .expression(.resourceID(ResourceTypes.jobs.rawValue, .variable("jobName")))),
            .init("identityName", .expression(.format("id-apim-backup-{0}", self.suffix))),
            .init("identityId", .expression(.resourceID(ResourceTypes.identities.rawValue, .variable("identityName")))),
            .init("environmentName", .expression(.format("cae-apim-backup-{0}", self.suffix))),
            .init("environmentId", .expression(self.environmentID)),
        ]
    }

    private var environmentID: TemplateExpression {
        .choose(
            Self.hasOwnEnvironment,
            .resourceID(ResourceTypes.environments.rawValue, .format("cae-apim-backup-{0}", self.suffix)),
            else: JobInputs.environment.reference
        )
    }

    private var location: TemplateValue.Member { .init("location", .expression(BackupInputs.location.reference)) }
    private var tags: TemplateValue.Member { .init("tags", ["apim-backup": .expression(self.subject)]) }

    /// The job's identity, its environment, and where the environment's log goes.
    var surroundings: [TemplateResource] {
        [self.identity, self.environment, self.alerts.workspace(if: Self.hasOwnEnvironment), self.log]
    }

    private var identity: TemplateResource {
        TemplateResource(
            ResourceTypes.identities.rawValue,
            ResourceTypes.identities.apiVersion,
            name: .expression(.variable("identityName")),
            dependsOn: self.after,
            [self.location, self.tags]
        )
    }

    private var environment: TemplateResource {
        TemplateResource(
            ResourceTypes.environments.rawValue,
            ResourceTypes.environments.apiVersion,
            name: .expression(.variable("environmentName")),
            condition: Self.hasOwnEnvironment,
            dependsOn: self.after,
            [
                self.location, self.tags,
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
    }

    private var log: TemplateResource {
        TemplateResource(
            ResourceTypes.diagnosticSettings.rawValue,
            ResourceTypes.diagnosticSettings.apiVersion,
            name: "service",
            condition: Self.hasOwnEnvironment,
            scope: .format("Microsoft.App/managedEnvironments/{0}", .variable("environmentName")),
            dependsOn: [
                .resourceID(ResourceTypes.environments.rawValue, .variable("environmentName")),
                self.alerts.workspaceID,
            ],
            [
                self.location,
                .init(
                    "properties",
                    [
                        "workspaceId": .expression(self.alerts.workspaceID),
                        "logs": [
                            ["category": "ContainerAppConsoleLogs", "enabled": true],
                            ["category": "ContainerAppSystemLogs", "enabled": true],
                        ],
                    ]
                ),
            ]
        )
    }

    /// The job.
    ///
    /// - Parameters:
    ///   - name: Its name; that of the variable by default.
    ///   - dependsOn: What must be there before it: its roles.
    /// - Returns: The resource.
    func job(
        _ name: TemplateExpression = .variable("jobName"),
        after dependsOn: [TemplateExpression]
    ) -> TemplateResource {
        TemplateResource(
            ResourceTypes.jobs.rawValue,
            ResourceTypes.jobs.apiVersion,
            name: .expression(name),
            dependsOn: [
                .variable("identityId"),
                .resourceID(ResourceTypes.environments.rawValue, .variable("environmentName")),
            ] + dependsOn,
            [
                self.location, self.tags,
                .init(
                    "identity",
                    [
                        "type": "UserAssigned",
                        "userAssignedIdentities": .expression(Self.identities),
                    ]
                ),
                .init(
                    "properties",
                    [
                        "environmentId": .expression(.variable("environmentId")),
                        "workloadProfileName": "Consumption", "configuration": self.configuration,
                        "template": self.template,
                    ]
                ),
            ]
        )
    }

    /// The job's own identity, and the one that pulls the image where that is another.
    private static let identities: TemplateExpression = .choose(
        Self.hasRegistryIdentity,
        .call(
            "createObject",
            .variable("identityId"),
            .call("createObject"),
            JobInputs.registryIdentity.reference,
            .call("createObject")
        ),
        else: .call("createObject", .variable("identityId"), .call("createObject"))
    )

    private static let hasRegistryIdentity: TemplateExpression = .call(
        "not",
        .call("empty", JobInputs.registryIdentity.reference)
    )

    /// The registry, by the first part of the image's name, and who pulls from it.
    private static let registries: TemplateExpression = .choose(
        Self.hasRegistryIdentity,
        .call(
            "createArray",
            .call(
                "createObject",
                .literal("server"),
                .call("first", .call("split", JobInputs.image.reference, .literal("/"))),
                .literal("identity"),
                JobInputs.registryIdentity.reference
            )
        ),
        else: .call("json", .literal("null"))
    )

    private var configuration: TemplateValue {
        let once: [TemplateValue.Member] = [.init("parallelism", 1), .init("replicaCompletionCount", 1)]
        let trigger: TemplateValue.Member =
            self.isScheduled
            ? .init("scheduleTriggerConfig", .object([.init("cronExpression", "0 * * * *")] + once))
            : .init("manualTriggerConfig", .object(once))
        let configuration: TemplateValue = .object([
            .init("triggerType", self.isScheduled ? "Schedule" : "Manual"),
            .init("replicaTimeout", .integer(Self.replicaTimeout)), .init("replicaRetryLimit", 0), trigger,
            .init("registries", .expression(Self.registries)),
        ])
        guard !self.secrets.isEmpty else { return configuration }
        let secrets = self.secrets.map {
            TemplateValue.object([.init("name", .text($0.name)), .init("value", $0.value)])
        }
        return configuration.adding([.init("secrets", .array(secrets))])
    }

    private var template: TemplateValue {
        let container: TemplateValue = [
            "name": "apim-backup", "image": .expression(JobInputs.image.reference), "args": self.arguments,
            "env": .array(self.variables.map { .object([.init("name", .text($0.name))] + $0.value.asVariable) }),
            "resources": ["cpu": .expression(.call("json", .literal("0.25"))), "memory": "0.5Gi"],
        ]
        guard let mount = self.mount else { return ["containers": [container]] }
        let files = mount.files.map { file -> TemplateValue in
            ["secretRef": .text(file.secret), "path": .text(file.name)]
        }
        return [
            "containers": [
                container.adding([
                    .init("volumeMounts", [["volumeName": .text(Self.volume), "mountPath": .text(mount.folder)]])
                ])
            ],
            "volumes": [["name": .text(Self.volume), "storageType": "Secret", "secrets": .array(files)]],
        ]
    }
}

extension TemplateValue {
    /// What a variable of a container holds: a value, or an object that says so itself, such as one that names a secret.
    fileprivate var asVariable: [Member] {
        if case .object(let members) = self { return members }
        return [.init("value", self)]
    }
}
