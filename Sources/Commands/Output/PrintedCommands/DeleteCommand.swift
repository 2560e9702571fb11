import BackupDomain

/// The command that deletes a backup with Azure's own CLI, for an identity that may.
enum DeleteCommand {
    /// Writes the command.
    ///
    /// Source: <https://learn.microsoft.com/cli/azure/storage/blob#az-storage-blob-delete>
    ///
    /// - Parameters:
    ///   - point: The backup.
    ///   - account: The storage account's name.
    /// - Returns: One line for a POSIX shell; it deletes no other version of the blob than the one that was released.
    static func az(_ point: RecoveryPoint, account: String) -> String {
        let condition = point.blob.map { " --if-match \(ShellWord.always($0.etag.text))" } ?? ""
        return "az storage blob delete --auth-mode login --account-name \(account) --container-name \(point.container) "
            + "--name \(ShellWord.always(point.name))\(condition)"
    }
}
