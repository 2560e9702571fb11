/// The settings of the job, as the variables that the program reads.
enum JobEnvironment {
    /// The list of names and values as a container takes it.
    static let variables: TemplateValue = .array(
        Self.pairs.map { ["name": .text($0.name), "value": $0.value] }
    )

    private static let pairs: [(name: String, value: TemplateValue)] = [
        ("APIM_BACKUP_CLOUD", .expression(.call("environment").property("name"))),
        ("APIM_BACKUP_CREDENTIAL", "managed-identity"),
        (
            "AZURE_CLIENT_ID",
            .expression(
                .call("reference", .variable("identityId"), .literal(ResourceTypes.identities.apiVersion))
                    .property("clientId")
            )
        ),
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
