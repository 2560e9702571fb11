/// The inputs of the Container Apps job's template beside those of every host.
package enum JobInputs {
    /// The program's image; required for this host, since none is published yet.
    package static let image = TemplateParameter(
        "image",
        "Image of apim-backup, best by its digest: registry.example.com/apim-backup@sha256:…",
        length: 1...500
    )
    /// Where the records are kept.
    package static let catalogContainer = TemplateParameter(
        "catalog_container",
        "Container of the records; created, private, where it is missing.",
        standard: "apim-backups-catalog",
        length: 3...63
    )
    static let cron = TemplateParameter(
        "schedule_cron",
        "When to back up: five fields of cron, in the time zone.",
        standard: "0 1 * * *",
        length: 1...200
    )
    static let timeZone = TemplateParameter(
        "time_zone",
        "Time zone by its IANA name, such as Europe/Berlin.",
        standard: "UTC",
        length: 1...64
    )
    static let deletes = TemplateParameter(
        "retention_may_delete",
        .boolean,
        "Whether the job's identity may delete backups, as apim-backup prune does.",
        standard: false
    )
    /// An environment that is there already.
    package static let environment = TemplateParameter(
        "environment_id",
        "Resource id of an existing Container Apps environment; empty for a new one.",
        standard: ""
    )
    /// The network of a new environment.
    package static let subnet = TemplateParameter(
        "subnet_id",
        "Resource id of a subnet for a new environment, where the storage account refuses public access; empty for none.",
        standard: ""
    )

    static let all =
        Array(BackupInputs.all.prefix(2)) + [image] + BackupInputs.all.dropFirst(2) + [
            catalogContainer, cron, timeZone, deletes, environment, subnet, BackupInputs.firstRun,
        ]
}
