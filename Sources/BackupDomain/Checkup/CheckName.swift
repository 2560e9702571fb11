/// The checks of the doctor, by the names that stay the same from release to release.
package enum CheckName: String, Sendable, CaseIterable {
    // The caller and the instance.
    case credential, clock, instance, tier, state
    case workspaceGateways = "workspace-gateways"
    case apiVersion = "api-version"
    case instanceIdentity = "instance-identity"
    case locks
    case rightToBackUp = "right-to-back-up"
    case roleWidth = "role-width"
    case rightToReadContents = "right-to-read-contents"
    // The storage account and its containers.
    case storageAccount = "storage-account"
    case region, firewall
    case sharedKey = "shared-key"
    case cors, containers
    case privacy = "private"
    case immutability, lifecycle
    case softDelete = "soft-delete"
    // Who may do what there.
    case rightToWriteBackups = "right-to-write-backups"
    case rightToReadBackups = "right-to-read-backups"
    case rightToDelete = "right-to-delete"
    case catalog
    // What was agreed upon, and what came of it.
    case schedule, notifications
    case lastBackup = "last-backup"
}
