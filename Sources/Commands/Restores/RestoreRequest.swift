import BackupEngine

/// What somebody who restores has asked for.
struct RestoreRequest: Sendable {
    /// Which backup.
    var selector: RestoreSelector
    /// The instance that it is a backup of; nil for the one that the backup's name belongs to, else the target itself.
    var source: String?
    /// The instance that it goes into.
    var target: String
    /// The resource group of a target that is given by name; nil for any.
    var resourceGroup: String?
    /// What else was said.
    var wishes: RestoreWishes
}
