import BackupDomain

/// The command that restores a backup with Azure's own CLI and nothing of ours.
enum RestoreCommand {
    /// Writes the command.
    ///
    /// Source: <https://learn.microsoft.com/rest/api/apimanagement/api-management-service/restore>
    ///
    /// - Parameters:
    ///   - record: The run that made the backup.
    ///   - backupName: The blob's name.
    /// - Returns: One line for a POSIX shell; with access keys a placeholder stands for the key.
    static func azRest(for record: RunRecord, backupName: String) -> String {
        var body: [(String, String)] = [
            ("storageAccount", record.storage.account),
            ("containerName", record.storage.container),
            ("backupName", backupName),
            ("accessType", record.access.type),
        ]
        if let clientID = record.access.clientID { body.append(("clientId", clientID)) }
        if record.access.type == "AccessKey" { body.append(("accessKey", "<the account's key>")) }
        let json = body.map { "\"\($0)\":\"\(Self.escaped($1))\"" }.joined(separator: ",")
        let url = "\(record.instance.id.text)/restore?api-version=\(record.azureAPIVersion)"
        return "az rest --method post --url '\(url)' --body '{\(json.replacing("'", with: "'\\''"))}'"
    }

    private static func escaped(_ text: String) -> String {
        text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
    }
}
