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
    /// When backups are due.
    package static let cron = TemplateParameter(
        "schedule_cron",
        "When to back up: five fields of cron, in the time zone.",
        standard: "0 1 * * *",
        length: 1...200
    )
    /// The time zone whose clocks count.
    package static let timeZone = TemplateParameter(
        "time_zone",
        "Time zone by its IANA name, such as Europe/Berlin.",
        standard: "UTC",
        length: 1...64
    )
    /// When the alarm of a missed night is raised.
    package static let missedAfter = TemplateParameter(
        "missed_after_hours",
        .integer,
        "Hours without a good backup after which alert_email is told; 0 for a schedule that comes more seldom than each day.",
        standard: 26,
        range: 0...47
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
        "Resource id of an existing Container Apps environment, whose log is its own: without alerts; empty for a new one.",
        standard: ""
    )
    /// Who may pull the image.
    package static let registryIdentity = TemplateParameter(
        "registry_identity_id",
        "Resource id of a user-assigned identity that may pull the image (AcrPull); empty where the registry asks for none.",
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
            catalogContainer, cron, timeZone, missedAfter, deletes, registryIdentity, environment, subnet,
            BackupInputs.firstRun,
        ]
}
