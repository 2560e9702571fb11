/// The alerts of the Logic App: a failed night by its metric, a missed one by its log.
enum LogicAppAlerts {
    /// How many hours after the last good night the alarm is raised.
    private static let patience = 26

    /// Everything, in the order in which it is made.
    static let resources = [
        Self.parts.group, Self.parts.workspace(if: AlertParts.isWanted), Self.log, Self.failed, Self.missed,
    ]

    private static let parts = AlertParts.ofInstance
    private static let workflow = TemplateExpression.variable("workflowId")

    private static let log = TemplateResource(
        ResourceTypes.diagnosticSettings.rawValue,
        ResourceTypes.diagnosticSettings.apiVersion,
        // The only name that this api-version knows.
        name: "service",
        condition: AlertParts.isWanted,
        scope: .format("Microsoft.Logic/workflows/{0}", .variable("workflowName")),
        dependsOn: [Self.workflow, Self.parts.workspaceID],
        [
            .init("location", .expression(BackupInputs.location.reference)),
            .init(
                "properties",
                [
                    "workspaceId": .expression(Self.parts.workspaceID),
                    "logs": [["category": "WorkflowRuntime", "enabled": true]],
                ]
            ),
        ]
    )

    private static let failed = TemplateResource(
        ResourceTypes.metricAlerts.rawValue,
        ResourceTypes.metricAlerts.apiVersion,
        name: .expression(.format("alert-apim-backup-failed-{0}", .call("uniqueString", Self.workflow))),
        condition: AlertParts.isWanted,
        dependsOn: [Self.workflow, Self.parts.groupID],
        [
            .init("location", "global"),
            .init(
                "properties",
                [
                    "description": .expression(
                        .format("A backup of {0} failed.", BackupInputs.instance.reference)
                    ),
                    "severity": 1, "enabled": true, "scopes": [.expression(Self.workflow)],
                    "evaluationFrequency": "PT5M", "windowSize": "PT15M", "autoMitigate": false,
                    "criteria": [
                        "odata.type": "Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria",
                        "allOf": [
                            [
                                "criterionType": "StaticThresholdCriterion", "name": "failed",
                                "metricNamespace": "Microsoft.Logic/workflows", "metricName": "RunsFailed",
                                "operator": "GreaterThan", "threshold": 0, "timeAggregation": "Total",
                            ]
                        ],
                    ],
                    "actions": [["actionGroupId": .expression(Self.parts.groupID)]],
                ]
            ),
        ]
    )

    /// Counts from the first night that was due, so that a new Logic App is not missed at once.
    private static let missed = Self.parts.alert(
        "alert-apim-backup-missed",
        "No good backup for a day of",
        // A Logic App that never ran has no table, and one that never succeeded perhaps no column: neither must end the query.
        query: .format(
            "union isfuzzy=true (datatable(TimeGenerated: datetime, ResourceProvider: string, OperationName: string)[]), AzureDiagnostics "
                + "| where TimeGenerated > ago(\(Self.patience)h) "
                + "| where ResourceProvider == 'MICROSOFT.LOGIC' and OperationName == 'Microsoft.Logic/workflows/workflowRunCompleted' "
                + "| where column_ifexists('_ResourceId', '') =~ '{0}' and column_ifexists('status_s', '') == 'Succeeded' "
                + "| summarize nights = count() "
                // The first night may be a late one, by a zone behind UTC.
                + "| where nights == 0 and now() > datetime({1}) + \(Self.patience)h + 24h",
            Self.workflow,
            BackupInputs.firstRun.reference
        ),
        after: [Self.workflow]
    )
}
