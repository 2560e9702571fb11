import ArgumentParser
import BackupDomain

/// Where backups and records are.
struct StorageOptions: ParsableArguments {
    @Option(help: "The storage account's name.")
    var storageAccount: String

    @Option(help: "The container of backups.")
    var container = "apim-backups"

    @Option(help: "The container of our own records.")
    var catalogContainer = "apim-backups-catalog"

    @Option(
        help: ArgumentHelp(
            "The account's blob endpoint, where it cannot be found by itself.",
            discussion: "Also as APIM_BACKUP_BLOB_ENDPOINT."
        )
    )
    var blobEndpoint: String?

    func validate() throws {
        guard StorageAccount.isValidName(self.storageAccount) else {
            throw ValidationError(
                "'\(self.storageAccount)' cannot be the name of a storage account: 3 to 24 lower-case letters and digits."
            )
        }
        for name in [self.container, self.catalogContainer] where !StorageAccount.isValidContainerName(name) {
            throw ValidationError(
                "'\(name)' cannot be the name of a container: 3 to 63 lower-case letters, digits and single hyphens, "
                    + "none first or last."
            )
        }
        guard self.container != self.catalogContainer else {
            throw ValidationError(
                "--container and --catalog-container must differ: backups and records have different rights."
            )
        }
    }
}
