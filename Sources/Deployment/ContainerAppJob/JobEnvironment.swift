/// The settings of the job, as the variables that the program reads.
enum JobEnvironment {
    /// Which Azure, and as whom.
    static let ofIdentity: [(name: String, value: TemplateValue)] = [
        ("APIM_BACKUP_CLOUD", .expression(.call("environment").property("name"))),
        ("APIM_BACKUP_CREDENTIAL", "managed-identity"),
        ("AZURE_CLIENT_ID", .expression(JobResources.identityProperty("clientId"))),
    ]

    /// Those of a job for one instance: its settings are variables.
    static let ofInstance: [(name: String, value: TemplateValue)] =
        Self.ofIdentity + [
            ("APIM_BACKUP_STORAGE_ACCOUNT", .expression(BackupInputs.storageAccount.reference)),
            ("APIM_BACKUP_STORAGE_CONTAINER", .expression(BackupInputs.container.reference)),
            ("APIM_BACKUP_STORAGE_CATALOG_CONTAINER", .expression(JobInputs.catalogContainer.reference)),
            (
                "APIM_BACKUP_STORAGE_BLOB_ENDPOINT",
                .expression(BackupStorage.deployment(hasCatalog: true).output("blobEndpoint"))
            ),
            ("APIM_BACKUP_BACKUP_NAME", .expression(BackupInputs.backupName.reference)),
            ("APIM_BACKUP_ACCESS_CLIENT_ID", .expression(InstanceGuard.deployment.output("clientId"))),
        ]
}
