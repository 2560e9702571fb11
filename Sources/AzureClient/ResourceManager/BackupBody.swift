import BackupDomain
import FoundationEssentials

/// The body of a backup call, with exactly the fields that the access type asks for.
///
/// Source: schema `ApiManagementServiceBackupRestoreParameters` of
/// <https://learn.microsoft.com/rest/api/apimanagement/api-management-service/backup>
enum BackupBody {
    private struct Parameters: Encodable {
        var storageAccount: String
        var containerName: String
        var backupName: String
        var accessType: String
        var clientId: String?
        var accessKey: String?
    }

    /// Writes the body.
    ///
    /// - Parameter request: What to back up to.
    /// - Returns: The JSON text; it holds the account's key where that is the access.
    /// - Throws: What the encoder throws.
    static func content(_ request: BackupRequest) throws -> Data {
        var parameters = Parameters(
            storageAccount: request.storageAccount,
            containerName: request.container,
            backupName: request.backupName,
            accessType: request.access.name
        )
        switch request.access {
        case .systemAssignedManagedIdentity: break
        case .userAssignedManagedIdentity(let clientID): parameters.clientId = clientID
        case .accessKey(let key): parameters.accessKey = key.reveal()
        }
        return try JSONEncoder.stable().encode(parameters)
    }
}
