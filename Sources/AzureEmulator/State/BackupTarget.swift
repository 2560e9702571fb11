/// Where a backup lies and how API Management gets there: the body of `POST …/backup` and `POST …/restore`.
///
/// Source: `ApiManagementServiceBackupRestoreParameters` of the specification, API version 2024-05-01.
struct BackupTarget: Sendable, Equatable, Codable {
    /// How API Management shows the storage account who it is.
    enum Access: Sendable, Equatable, Codable {
        case key(String)
        case systemIdentity
        case userIdentity(clientID: String)
    }

    /// The storage account's name.
    var account: String
    /// The container's name.
    var container: String
    /// The blob's name.
    var blob: String
    /// The way of access.
    var access: Access
}
