/// The steps of one backup in the Logic App, inside its scope `Back_up`.
enum BackupSteps {
    /// All steps, in their order.
    static let all: [TemplateValue.Member] = [
        .init("Start_when_idle", Self.start),
        .init("Check_start", Self.checkStart),
        .init("Remember_operation", Self.remember),
        .init("Follow", Self.follow),
        .init("Check_end", Self.checkEnd),
        .init("Find_backup", Self.find),
        .init("Check_backup", Self.checkBackup),
    ]

    private static let audience = "@{parameters('resourceManager')}/"
    /// Whom a token for blobs is for.
    ///
    /// Source: <https://learn.microsoft.com/azure/storage/blobs/authorize-access-azure-active-directory>
    static let storageAudience = "https://storage.azure.com/"
    /// The version of the blob service's calls.
    static let storageVersion = "2023-11-03"

    private static let status = "coalesce(outputs('Start_backup')?['statusCode'], 0)"
    private static let code = "coalesce(body('Start_backup')?['error']?['code'], '')"
    /// Azure accepted nothing, and waiting helps; a lock on the resource does not go away by itself.
    private static let isBusy =
        "or(equals(\(status), 429), and(equals(\(status), 409), not(equals(\(code), 'ScopeLocked'))))"

    private static let start = WorkflowAction.until(
        "@not(\(isBusy))",
        count: 60,
        timeout: "PT4H",
        [
            .init(
                "Start_backup",
                WorkflowAction.call(
                    "POST",
                    "@{parameters('resourceManager')}@{parameters('instanceId')}/backup?api-version=\(ResourceTypes.instances.apiVersion)",
                    audience: audience,
                    isRepeatable: false,
                    [
                        .init("headers", ["Content-Type": "application/json"]),
                        .init(
                            "body",
                            "@if(empty(parameters('accessClientId')), \(Self.body("SystemAssignedManagedIdentity")), setProperty(\(Self.body("UserAssignedManagedIdentity")), 'clientId', parameters('accessClientId')))"
                        ),
                    ]
                )
            ),
            .init(
                "Wait_where_busy",
                WorkflowAction.when(
                    "@\(isBusy)",
                    [.init("Wait_for_instance", WorkflowAction.wait(seconds: 120))],
                    // A refusal is judged behind the loop.
                    after: ["Start_backup": ["Succeeded", "Failed", "TimedOut"]]
                )
            ),
        ]
    )

    private static func body(_ accessType: String) -> String {
        "json(concat('{\"accessType\":\"\(accessType)\",\"storageAccount\":\"', parameters('storageAccount'), "
            + "'\",\"containerName\":\"', parameters('container'), '\",\"backupName\":\"', outputs('Backup_name'), '\"}'))"
    }

    private static let checkStart = WorkflowAction.when(
        // Where no answer came, or a 5xx, the backup may be under way all the same.
        "@and(greaterOrEquals(\(status), 400), and(less(\(status), 500), not(equals(\(status), 408))))",
        [
            .init(
                "Refused",
                WorkflowAction.fail(
                    "@{coalesce(body('Start_backup')?['error']?['code'], 'BackupRefused')}",
                    "API Management refused the backup of @{parameters('instanceId')}: @{\(status)} @{coalesce(body('Start_backup')?['error']?['message'], '')}"
                )
            )
        ],
        // A loop counts as failed where a call in its last round was refused, or its limit reached.
        after: ["Start_when_idle": ["Succeeded", "Failed", "TimedOut"]]
    )

    /// No token goes to an address that is not Resource Manager's own.
    private static let remember: TemplateValue = [
        "type": "SetVariable",
        "inputs": [
            "name": "followed",
            "value":
                "@if(startsWith(coalesce(outputs('Start_backup')?['headers']?['Location'], ''), concat(parameters('resourceManager'), '/')), outputs('Start_backup')?['headers']?['Location'], outputs('Instance_address'))",
        ],
        "runAfter": ["Check_start": ["Succeeded"]],
    ]

    private static let pollStatus = "coalesce(outputs('Poll')?['statusCode'], 0)"
    private static let pollState = "toLower(coalesce(body('Poll')?['properties']?['provisioningState'], ''))"
    private static let goesOn =
        "or(less(\(pollStatus), 200), equals(\(pollStatus), 202), equals(\(pollStatus), 401), equals(\(pollStatus), 403), equals(\(pollStatus), 404), equals(\(pollStatus), 408), equals(\(pollStatus), 429), greaterOrEquals(\(pollStatus), 500), and(equals(\(pollStatus), 200), or(equals(\(pollState), 'updating'), equals(\(pollState), 'activating'))))"

    private static let follow = WorkflowAction.until(
        "@not(\(goesOn))",
        count: 1440,
        timeout: "PT12H",
        [
            .init("Wait_for_backup", WorkflowAction.wait(seconds: 30)),
            .init(
                "Poll",
                WorkflowAction.call(
                    "GET",
                    "@variables('followed')",
                    audience: audience,
                    after: ["Wait_for_backup": ["Succeeded"]]
                )
            ),
            .init(
                "Follow_instance_instead",
                WorkflowAction.when(
                    // The operation may not be read, or is forgotten: the instance itself says when it is idle again.
                    "@or(equals(\(pollStatus), 403), equals(\(pollStatus), 404))",
                    [
                        .init(
                            "Turn_to_instance",
                            [
                                "type": "SetVariable",
                                "inputs": ["name": "followed", "value": "@{outputs('Instance_address')}"],
                            ]
                        )
                    ],
                    after: ["Poll": ["Succeeded", "Failed", "TimedOut"]]
                )
            ),
        ],
        after: ["Remember_operation": ["Succeeded"]]
    )

    private static let checkEnd = WorkflowAction.when(
        "@not(and(equals(\(pollStatus), 200), equals(\(pollState), 'succeeded')))",
        [
            .init(
                "Not_succeeded",
                WorkflowAction.fail(
                    "@{coalesce(body('Poll')?['error']?['code'], 'BackupFailed')}",
                    "The backup @{outputs('Backup_name')} was not seen to succeed. API Management says last: @{\(pollStatus)} @{coalesce(body('Poll')?['error']?['message'], \(pollState))}"
                )
            )
        ],
        after: ["Follow": ["Succeeded", "Failed", "TimedOut"]]
    )

    private static let find = WorkflowAction.call(
        "GET",
        "@{parameters('blobEndpoint')}@{parameters('container')}?restype=container&comp=list&prefix=@{encodeUriComponent(outputs('Backup_name'))}",
        audience: storageAudience,
        [.init("headers", ["x-ms-version": .text(storageVersion)])],
        after: ["Check_end": ["Succeeded"]]
    )

    private static let checkBackup = WorkflowAction.when(
        "@not(greater(int(concat('0', xpath(xml(body('Find_backup')), concat('string(//Blob[Name=\"', outputs('Backup_name'), '\"]/Properties/Content-Length)')))), 0))",
        [
            .init(
                "No_backup",
                WorkflowAction.fail(
                    "BackupMissing",
                    "API Management says that the backup succeeded, but @{outputs('Backup_name')} is not in @{parameters('container')}, or is empty."
                )
            )
        ],
        after: ["Find_backup": ["Succeeded"]]
    )
}
