/// The original design as one template: a Logic App with an identity of its own that backs up each night at 01:00.
///
/// In this order, each part waiting for the one before: the instance is read (and everything ends there where no backup
/// could be made), the container made, the Logic App made, the roles assigned, the alerts made.
package enum LogicAppTemplate {
    /// The template.
    package static let document = TemplateDocument(
        parameters: LogicAppInputs.all,
        variables: [
            .init(
                "workflowName",
                .expression(
                    .call(
                        "take",
                        .format("logic-apim-backup-{0}", BackupInputs.instance.reference),
                        .number(Self.longestName)
                    )
                )
            ),
            .init("workflowId", .expression(.resourceID(ResourceTypes.workflows.rawValue, .variable("workflowName")))),
            .init("resourceManager", .expression(Self.resourceManager)),
        ],
        resources: [InstanceGuard.deployment.resource, Self.storage.resource, Self.workflow]
            + Self.roles.deployments.map(\.resource) + LogicAppAlerts.resources,
        outputs: [
            ("workflowId", .variable("workflowId")), ("principalId", Self.principal),
            ("backupsContainer", BackupInputs.container.reference),
        ]
    )

    /// The name of the Logic App that backs up an instance, as the template makes it.
    ///
    /// - Parameter instance: The instance's name.
    /// - Returns: The name.
    package static func workflowName(of instance: String) -> String {
        String("logic-apim-backup-\(instance)".prefix(Self.longestName))
    }

    private static let longestName = 80

    /// The name of the trigger that starts a backup.
    package static let triggerName = "Nightly"

    /// The containers.
    static let storage = BackupStorage.deployment(hasCatalog: false)

    /// `environment().resourceManager` ends in a slash in some clouds.
    private static let resourceManager: TemplateExpression = .choose(
        .call("endsWith", .call("environment").property("resourceManager"), .literal("/")),
        .call(
            "take",
            .call("environment").property("resourceManager"),
            .call("sub", .call("length", .call("environment").property("resourceManager")), .number(1))
        ),
        else: .call("environment").property("resourceManager")
    )

    private static let principal: TemplateExpression = .call(
        "reference",
        .variable("workflowId"),
        .literal(ResourceTypes.workflows.apiVersion),
        .literal("Full")
    ).property("identity.principalId")

    private static let roles = BackupRoles(
        host: .logicApp,
        principal: Self.principal,
        dependsOn: [.variable("workflowId")]
    )

    private static let workflow = TemplateResource(
        ResourceTypes.workflows.rawValue,
        ResourceTypes.workflows.apiVersion,
        name: .expression(.variable("workflowName")),
        dependsOn: [InstanceGuard.deployment.id, Self.storage.id],
        [
            .init("location", .expression(BackupInputs.location.reference)),
            .init("tags", ["apim-backup": .expression(BackupInputs.instance.reference)]),
            .init("identity", ["type": "SystemAssigned"]),
            .init(
                "properties",
                [
                    "state": "Enabled", "parameters": BackupWorkflow.arguments,
                    "definition": BackupWorkflow.definition,
                ]
            ),
        ]
    )
}
