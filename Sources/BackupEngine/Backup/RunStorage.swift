package import BackupDomain

/// The storage account that a run writes to, with the client that reaches it.
package struct RunStorage: Sendable {
    /// The account.
    package var account: StorageAccount
    /// Its blob service.
    package var blobs: any BlobStorage

    /// Creates a value.
    package init(account: StorageAccount, blobs: any BlobStorage) {
        self.account = account
        self.blobs = blobs
    }
}
