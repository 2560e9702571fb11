/// The clean-up of the Logic App: deletes backups that Azure no longer restores, while newer good ones remain.
///
/// Runs only after the backup of this night is there. Touches only what this Logic App's instance is named by, no more than
/// ten in a night, and only the version that it saw.
enum ExpiredBackups {
    private static let age = "ticks(addDays(utcNow(), -30))"
    private static func property(_ name: String) -> String { "xpath(xml(item()), 'string(/Blob/Properties/\(name))')" }
    private static let name = "xpath(xml(item()), 'string(/Blob/Name)')"
    private static let prefix = "concat(last(split(parameters('instanceId'), '/')), '-')"

    /// The action.
    static let action = WorkflowAction.when(
        "@parameters('deletesExpired')",
        [
            .init("List_backups", Self.list),
            .init(
                "Own_backups",
                Self.filter(
                    "@xpath(xml(body('List_backups')), '//Blob')",
                    "@and(startsWith(\(name), concat(\(prefix), '20')), and(endsWith(\(name), '.apimbackup'), greater(int(concat('0', \(property("Content-Length")))), 0)))",
                    after: "List_backups"
                )
            ),
            .init(
                "Good_backups",
                Self.filter(
                    "@body('Own_backups')",
                    "@greater(ticks(\(property("Creation-Time"))), \(age))",
                    after: "Own_backups"
                )
            ),
            .init(
                "Expired_backups",
                Self.filter(
                    "@body('Own_backups')",
                    "@lessOrEquals(ticks(\(property("Creation-Time"))), \(age))",
                    after: "Good_backups"
                )
            ),
            .init(
                "Where_enough_remain",
                WorkflowAction.when(
                    "@greaterOrEquals(length(body('Good_backups')), parameters('minGood'))",
                    [.init("Delete_each", Self.delete)],
                    after: ["Expired_backups": ["Succeeded"]]
                )
            ),
        ],
        after: ["Back_up": ["Succeeded"]]
    )

    private static let list = WorkflowAction.call(
        "GET",
        "@{parameters('blobEndpoint')}@{parameters('container')}?restype=container&comp=list&prefix=@{encodeUriComponent(\(prefix))}",
        audience: BackupSteps.storageAudience,
        [.init("headers", ["x-ms-version": .text(BackupSteps.storageVersion)])]
    )

    private static func filter(_ from: String, _ condition: String, after: String) -> TemplateValue {
        [
            "type": "Query", "inputs": ["from": .text(from), "where": .text(condition)],
            "runAfter": .object([.init(after, ["Succeeded"])]),
        ]
    }

    private static let delete: TemplateValue = [
        "type": "Foreach", "foreach": "@take(body('Expired_backups'), 10)",
        "runtimeConfiguration": ["concurrency": ["repetitions": 1]],
        "actions": [
            "Delete_backup": WorkflowAction.call(
                "DELETE",
                "@{parameters('blobEndpoint')}@{parameters('container')}/@{encodeUriComponent(xpath(xml(items('Delete_each')), 'string(/Blob/Name)'))}",
                audience: BackupSteps.storageAudience,
                [
                    .init(
                        "headers",
                        [
                            "x-ms-version": .text(BackupSteps.storageVersion),
                            "If-Match": "@{xpath(xml(items('Delete_each')), 'string(/Blob/Properties/Etag)')}",
                        ]
                    )
                ]
            )
        ],
    ]
}
