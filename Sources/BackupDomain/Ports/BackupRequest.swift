/// What a backup call, or a restore call, asks of API Management.
package struct BackupRequest: Sendable, Hashable {
    /// The storage account's global name.
    package var storageAccount: String
    /// The container of the backup.
    package var container: String
    /// The blob's name.
    package var backupName: String
    /// How API Management reaches the account.
    package var access: StorageAccess

    /// Creates a request.
    package init(storageAccount: String, container: String, backupName: String, access: StorageAccess) {
        self.storageAccount = storageAccount
        self.container = container
        self.backupName = backupName
        self.access = access
    }
}
