import EmulatorRuntime

/// The body of a backup or restore, checked.
///
/// Source: `ApiManagementServiceBackupRestoreParameters`. The words of a refusal are ours, but for `InvalidParameters`.
struct BackupRequest {
    let body: JSON

    func target() throws(ManagementError) -> BackupTarget {
        guard self.body.object != nil else { throw .invalidContent("an object is expected") }
        return BackupTarget(
            account: try self.text("storageAccount"),
            container: try self.text("containerName"),
            blob: try self.text("backupName"),
            access: try self.access()
        )
    }

    private func access() throws(ManagementError) -> BackupTarget.Access {
        let type = self.body["accessType"].flatMap { $0.isNull ? nil : $0 } ?? "AccessKey"
        switch type.string {
        case "AccessKey"?: return .key(try self.text("accessKey"))
        case "SystemAssignedManagedIdentity"?: return .systemIdentity
        case "UserAssignedManagedIdentity"?: return .userIdentity(clientID: try self.text("clientId"))
        default: throw .invalidParameters("accessType")
        }
    }

    private func text(_ name: String) throws(ManagementError) -> String {
        guard let text = self.body[name]?.string, !text.isEmpty, text.utf8.count <= 1024 else {
            throw .invalidParameters(name)
        }
        return text
    }
}
