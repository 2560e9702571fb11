/// What the Logic App does each night, in the workflow definition language.
///
/// ```
/// Back_up                                      a failure of any part is a failure of the run
///   Start_when_idle    POST, again only where Azure says that it accepted nothing (409 busy, 429)
///   Check_start        a refusal ends the run; no answer at all leaves it to the next steps
///   Follow             the operation, or the instance where there is no operation to follow
///   Check_end          Azure's word must be Succeeded
///   Check_backup       the blob must be listed, and not be empty
/// Clean_up             optional; only after Back_up went well
/// Report_failure       ends the run as failed, with the reason
/// ```
///
/// Source: <https://learn.microsoft.com/azure/logic-apps/logic-apps-workflow-actions-triggers>
enum BackupWorkflow {
    /// What the definition is given, as the workflow resource's `parameters`.
    static let arguments: TemplateValue = .object(
        Self.inputs.map { .init($0.name, ["value": $0.value]) }
    )

    /// The workflow definition.
    static let definition: TemplateValue = [
        "$schema":
            "https://schema.management.azure.com/providers/Microsoft.Logic/schemas/2016-06-01/workflowdefinition.json#",
        "contentVersion": "1.0.0.0",
        "parameters": .object(Self.inputs.map { .init($0.name, ["type": .text($0.type)]) }),
        "triggers": .object([.init(LogicAppTemplate.triggerName, Self.trigger)]),
        "actions": .object(Self.actions),
    ]

    private typealias Input = (name: String, type: String, value: TemplateValue)

    private static let inputs: [Input] = [
        ("instanceId", "String", .expression(InstanceGuard.deployment.output("instanceId"))),
        ("resourceManager", "String", .expression(.variable("resourceManager"))),
        ("blobEndpoint", "String", .expression(LogicAppTemplate.storage.output("blobEndpoint"))),
        ("storageAccount", "String", .expression(BackupInputs.storageAccount.reference)),
        ("container", "String", .expression(BackupInputs.container.reference)),
        ("backupName", "String", .expression(BackupInputs.backupName.reference)),
        ("accessClientId", "String", .expression(InstanceGuard.deployment.output("clientId"))),
        ("deletesExpired", "Bool", .expression(LogicAppInputs.deletesExpired.reference)),
        ("minGood", "Int", .expression(LogicAppInputs.minGood.reference)),
    ]

    private static let trigger: TemplateValue = [
        "type": "Recurrence",
        "recurrence": [
            "frequency": "Day", "interval": 1, "timeZone": .expression(LogicAppInputs.timeZone.reference),
            // Without it the first run would begin at once, before the role that it needs is assigned.
            "startTime": .expression(BackupInputs.firstRun.reference),
            "schedule": [
                "hours": [.expression(LogicAppInputs.hour.reference)],
                "minutes": [.expression(LogicAppInputs.minute.reference)],
            ],
        ],
        "runtimeConfiguration": ["concurrency": ["runs": 1]],
    ]

    private static let actions: [TemplateValue.Member] = [
        .init(
            "Followed_address",
            [
                "type": "InitializeVariable",
                "inputs": ["variables": [["name": "followed", "type": "string", "value": ""]]],
            ]
        ),
        .init(
            "Instance_address",
            [
                "type": "Compose",
                "inputs":
                    "@{parameters('resourceManager')}@{parameters('instanceId')}?api-version=\(ResourceTypes.instances.apiVersion)",
                "runAfter": ["Followed_address": ["Succeeded"]],
            ]
        ),
        .init(
            "Backup_name",
            [
                "type": "Compose",
                "inputs":
                    "@replace(replace(replace(parameters('backupName'), '{instance}', last(split(parameters('instanceId'), '/'))), '{time}', utcNow('yyyyMMddTHHmmssZ')), '{date}', utcNow('yyyyMMdd'))",
                "runAfter": ["Instance_address": ["Succeeded"]],
            ]
        ),
        .init(
            "Back_up",
            [
                "type": "Scope", "actions": .object(BackupSteps.all),
                "runAfter": ["Backup_name": ["Succeeded"]],
            ]
        ),
        .init("Clean_up", ExpiredBackups.action),
        .init(
            "Report_failure",
            [
                "type": "Terminate",
                "inputs": [
                    "runStatus": "Failed",
                    "runError": [
                        "code": "BackupFailed",
                        "message":
                            "The backup @{outputs('Backup_name')} of @{parameters('instanceId')} was not made, or not seen to its end. The actions in Back_up say which step failed and what Azure answered.",
                    ],
                ],
                "runAfter": ["Back_up": ["Failed", "TimedOut"]],
            ]
        ),
    ]
}
