/// What every host's alerts are made of; nothing of it is created unless an e-mail address is given.
struct AlertParts {
    /// Those of one instance.
    static let ofInstance = Self(
        subject: BackupInputs.instance.reference,
        shown: BackupInputs.instance.reference,
        after: [InstanceGuard.deployment.id]
    )

    /// What the names derive from, beside the resource group.
    let subject: TemplateExpression
    /// What is backed up, as people read it.
    let shown: TemplateExpression
    /// What must be there before anything is made.
    let after: [TemplateExpression]

    /// Whether anybody is to be told.
    static let isWanted: TemplateExpression = .call("not", .call("empty", BackupInputs.alertEmail.reference))

    private var suffix: TemplateExpression {
        .call("uniqueString", .call("resourceGroup").property("id"), self.subject)
    }

    /// The action group's name.
    var groupName: TemplateExpression { .format("ag-apim-backup-{0}", self.suffix) }
    /// The workspace's name.
    var workspaceName: TemplateExpression { .format("log-apim-backup-{0}", self.suffix) }
    /// The action group's id.
    var groupID: TemplateExpression { .resourceID(ResourceTypes.actionGroups.rawValue, self.groupName) }
    /// The workspace's id.
    var workspaceID: TemplateExpression { .resourceID(ResourceTypes.workspaces.rawValue, self.workspaceName) }

    /// Who is told.
    var group: TemplateResource {
        TemplateResource(
            ResourceTypes.actionGroups.rawValue,
            ResourceTypes.actionGroups.apiVersion,
            name: .expression(self.groupName),
            condition: Self.isWanted,
            dependsOn: self.after,
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
    }

    /// Where the job's log goes.
    ///
    /// - Parameter condition: Whether it is made; nil for always.
    /// - Returns: The resource.
    func workspace(if condition: TemplateExpression?) -> TemplateResource {
        TemplateResource(
            ResourceTypes.workspaces.rawValue,
            ResourceTypes.workspaces.apiVersion,
            name: .expression(self.workspaceName),
            condition: condition,
            dependsOn: self.after,
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
    func alert(
        _ name: String,
        _ title: String,
        query: TemplateExpression,
        after dependsOn: [TemplateExpression]
    ) -> TemplateResource {
        TemplateResource(
            ResourceTypes.queryAlerts.rawValue,
            ResourceTypes.queryAlerts.apiVersion,
            name: .expression(.format("\(name)-{0}", self.suffix)),
            condition: Self.isWanted,
            dependsOn: [self.groupID, self.workspaceID] + dependsOn,
            [
                .init("location", .expression(BackupInputs.location.reference)),
                .init(
                    "properties",
                    [
                        "displayName": .expression(.format("\(title) {0}", self.shown)),
                        "severity": 1, "enabled": true, "scopes": [.expression(self.workspaceID)],
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
                        "actions": ["actionGroups": [.expression(self.groupID)]],
                    ]
                ),
            ]
        )
    }
}
