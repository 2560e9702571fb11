/// What every host's alerts are made of; nothing of it is created unless an e-mail address is given.
enum AlertParts {
    /// Whether anybody is to be told.
    static let isWanted: TemplateExpression = .call("not", .call("empty", BackupInputs.alertEmail.reference))

    private static let suffix: TemplateExpression = .call(
        "uniqueString",
        .call("resourceGroup").property("id"),
        BackupInputs.instance.reference
    )

    /// The action group's name.
    static let groupName: TemplateExpression = .format("ag-apim-backup-{0}", Self.suffix)
    /// The workspace's name.
    static let workspaceName: TemplateExpression = .format("log-apim-backup-{0}", Self.suffix)
    /// The action group's id.
    static let groupID: TemplateExpression = .resourceID(ResourceTypes.actionGroups.rawValue, Self.groupName)
    /// The workspace's id.
    static let workspaceID: TemplateExpression = .resourceID(ResourceTypes.workspaces.rawValue, Self.workspaceName)

    /// Who is told.
    static let group = TemplateResource(
        ResourceTypes.actionGroups.rawValue,
        ResourceTypes.actionGroups.apiVersion,
        name: .expression(Self.groupName),
        condition: Self.isWanted,
        dependsOn: [InstanceGuard.deployment.id],
        [
            .init("location", "global"),
            .init(
                "properties",
                [
                    "groupShortName": "apim-backup", "enabled": true,
                    "emailReceivers": [
                        [
                            "name": "operator", "emailAddress": .expression(BackupInputs.alertEmail.reference),
                            "useCommonAlertSchema": true,
                        ]
                    ],
                ]
            ),
        ]
    )

    /// Where the job's log goes.
    ///
    /// - Parameter condition: Whether it is made; nil for always.
    /// - Returns: The resource.
    static func workspace(if condition: TemplateExpression?) -> TemplateResource {
        TemplateResource(
            ResourceTypes.workspaces.rawValue,
            ResourceTypes.workspaces.apiVersion,
            name: .expression(Self.workspaceName),
            condition: condition,
            dependsOn: [InstanceGuard.deployment.id],
            [
                .init("location", .expression(BackupInputs.location.reference)),
                .init("properties", ["sku": ["name": "PerGB2018"], "retentionInDays": 30]),
            ]
        )
    }

    /// An alert that fires while a query of the workspace finds anything.
    ///
    /// - Parameters:
    ///   - name: The rule's name, without what makes it unique.
    ///   - title: What a person reads.
    ///   - query: The query; a row is a reason to alarm.
    ///   - dependsOn: What must be there before.
    /// - Returns: The resource.
    static func alert(
        _ name: String,
        _ title: String,
        query: TemplateExpression,
        after dependsOn: [TemplateExpression]
    ) -> TemplateResource {
        TemplateResource(
            ResourceTypes.queryAlerts.rawValue,
            ResourceTypes.queryAlerts.apiVersion,
            name: .expression(.format("\(name)-{0}", Self.suffix)),
            condition: Self.isWanted,
            dependsOn: [Self.groupID, Self.workspaceID] + dependsOn,
            [
                .init("location", .expression(BackupInputs.location.reference)),
                .init(
                    "properties",
                    [
                        "displayName": .expression(.format("\(title) {0}", BackupInputs.instance.reference)),
                        "severity": 1, "enabled": true, "scopes": [.expression(Self.workspaceID)],
                        "evaluationFrequency": "PT1H", "windowSize": "P1D", "overrideQueryTimeRange": "P2D",
                        // The tables appear with the first rows: until then the query cannot be checked.
                        "skipQueryValidation": true, "autoMitigate": true,
                        "criteria": [
                            "allOf": [
                                [
                                    "query": .expression(query), "timeAggregation": "Count",
                                    "operator": "GreaterThan", "threshold": 0,
                                    "failingPeriods": [
                                        "numberOfEvaluationPeriods": 1, "minFailingPeriodsToAlert": 1,
                                    ],
                                ]
                            ]
                        ],
                        "actions": ["actionGroups": [.expression(Self.groupID)]],
                    ]
                ),
            ]
        )
    }
}
