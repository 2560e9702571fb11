import EmulatorRuntime

/// The body of a backup or restore, checked.
///
/// Source: `ApiManagementServiceBackupRestoreParameters`. The words of a refusal are ours, but for `InvalidParameters`.
struct BackupRequest {
    let body: JSON
    /// The version of the interface that the call speaks.
    let version: String

    /// Source: "How to implement disaster recovery …": access by identity needs this version or a later one.
    private static let firstWithIdentities = APIVersion("2021-04-01-preview")

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
        // How Azure refuses an identity in an older version is not known; those do not know the property.
        guard type.string == "AccessKey" || self.knowsIdentities else { throw .invalidParameters("accessType") }
        switch type.string {
        case "AccessKey"?: return .key(try self.text("accessKey"))
        case "SystemAssignedManagedIdentity"?: return .systemIdentity
        case "UserAssignedManagedIdentity"?: return .userIdentity(clientID: try self.text("clientId"))
        default: throw .invalidParameters("accessType")
        }
    }

    private var knowsIdentities: Bool {
        guard let version = APIVersion(self.version), let first = Self.firstWithIdentities else { return false }
        return version >= first
    }

    private func text(_ name: String) throws(ManagementError) -> String {
        guard let text = self.body[name]?.string, !text.isEmpty, text.utf8.count <= 1024 else {
            throw .invalidParameters(name)
        }
        return text
    }
}
