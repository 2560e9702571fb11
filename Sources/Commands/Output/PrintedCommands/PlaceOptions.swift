import Settings

/// The options of a command line that name the account and the containers, as a printed command needs them.
enum PlaceOptions {
    /// Writes the options; containers of the usual names are left out.
    ///
    /// - Parameters:
    ///   - account: The storage account's name.
    ///   - container: The container of backups.
    ///   - catalogContainer: The container of records.
    /// - Returns: The options, with one blank before each.
    static func text(account: String, container: String, catalogContainer: String) -> String {
        let usual = StorageSettings()
        return " --storage-account \(account)"
            + (container == usual.container ? "" : " --container \(container)")
            + (catalogContainer == usual.catalogContainer ? "" : " --catalog-container \(catalogContainer)")
    }
}
