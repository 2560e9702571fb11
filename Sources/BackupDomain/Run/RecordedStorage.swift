/// Where a run's backup and record go.
package struct RecordedStorage: Sendable, Codable, Hashable {
    /// The storage account's name.
    package var account: String
    /// The account's blob endpoint.
    package var blobEndpoint: String
    /// The container of backups.
    package var container: String
    /// The container of records.
    package var catalogContainer: String

    /// Creates a value.
    package init(account: String, blobEndpoint: String, container: String, catalogContainer: String) {
        self.account = account
        self.blobEndpoint = blobEndpoint
        self.container = container
        self.catalogContainer = catalogContainer
    }
}
