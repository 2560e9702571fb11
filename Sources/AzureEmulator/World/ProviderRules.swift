/// Which of several plausible answers the API Management resource provider gives, where Azure's own is not known.
struct ProviderRules: Sendable, Equatable, Codable {
    /// What a backup or restore is answered while another operation runs: `conflict` (409 ServiceLocked) or `accept`.
    var whileBusy = "conflict"
    /// Whether a backup replaces a blob of the same name; otherwise it fails at its end.
    var overwritesBlob = true
    /// Whether a backup makes the container where it is missing; otherwise it fails at its end.
    var createsContainer = false
    /// Whether a data role on the container alone is enough for a backup; otherwise it must be at the account or above.
    var containerScopeCounts = true
    /// The code of a backup that fails while it runs.
    var backupFailureCode = "BackupFailed"
    /// The status of the poll that tells of a failed backup.
    var backupFailureStatus = 400
    /// How many elements one page of a list has.
    var pageSize = 1000
}
