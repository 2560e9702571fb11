/// The containers of the storage account, as a nested deployment into the account's resource group; the account itself is
/// never written.
enum BackupStorage {
    static let account = TemplateParameter("account", "The storage account.")
    static let container = TemplateParameter("container", "The container of backups.")
    static let catalogContainer = TemplateParameter("catalog_container", "The container of our own records.")

    /// The nested deployment; its output `blobEndpoint` is where the blobs are.
    ///
    /// - Parameter hasCatalog: Whether the host keeps records, in a container of their own.
    /// - Returns: The deployment.
    static func deployment(hasCatalog: Bool) -> NestedDeployment {
        var arguments = [
            (Self.account, BackupInputs.storageAccount.reference), (Self.container, BackupInputs.container.reference),
        ]
        var containers = [BackupContainer.resource(Self.account.reference, Self.container.reference)]
        if hasCatalog {
            arguments.append((Self.catalogContainer, JobInputs.catalogContainer.reference))
            containers.append(BackupContainer.resource(Self.account.reference, Self.catalogContainer.reference))
        }
        return NestedDeployment(
            "backup-storage",
            in: BackupInputs.storageGroup.reference,
            arguments: arguments,
            TemplateDocument(
                resources: containers,
                outputs: [
                    (
                        "blobEndpoint",
                        .call(
                            "reference",
                            .resourceID(ResourceTypes.storageAccounts.rawValue, Self.account.reference),
                            .literal(ResourceTypes.storageAccounts.apiVersion)
                        ).property("primaryEndpoints.blob")
                    )
                ]
            ),
            dependsOn: [InstanceGuard.deployment.id]
        )
    }
}
