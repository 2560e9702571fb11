import ArgumentParser
import Settings

/// Where backups and records are.
struct StorageOptions: ParsableArguments, SettingOptions {
    @Option(
        help: ArgumentHelp(
            "The storage account's name.",
            discussion: "Also as storage.account in the settings file, or as APIM_BACKUP_STORAGE_ACCOUNT."
        )
    )
    var storageAccount: String?

    @Option(help: "The container of backups. (default: \(StorageSettings().container))")
    var container: String?

    @Option(help: "The container of our own records. (default: \(StorageSettings().catalogContainer))")
    var catalogContainer: String?

    @Option(
        help: ArgumentHelp(
            "The account's blob endpoint, where it cannot be found by itself.",
            discussion: "Also as APIM_BACKUP_BLOB_ENDPOINT."
        )
    )
    var blobEndpoint: String?

    var flags: [SettingFlag?] {
        [
            SettingFlag("storage.account", "--storage-account", self.storageAccount),
            SettingFlag("storage.container", "--container", self.container),
            SettingFlag("storage.catalogContainer", "--catalog-container", self.catalogContainer),
            SettingFlag("storage.blobEndpoint", "--blob-endpoint", self.blobEndpoint),
        ]
    }
}
