import BackupDomain
import Provisioning

/// What came of `run --remote`, as JSON; grows by addition.
struct RemoteBackupDocument: Encodable {
    var version = 1
    var type = "remote"
    var instance: String
    var deployment: String
    /// The host's own name of the execution or run.
    var execution: String
    /// `verified`, `unverified` or `failed`.
    var outcome: String
    /// Why it is not verified.
    var reason: String?
    /// The blob's name, where it was seen.
    var backupName: String?
    /// The blob's size in bytes, where it was seen.
    var bytes: Int?

    init(_ remote: RemoteOutcome, of place: DeploymentPlace) {
        self.instance = place.instance
        self.deployment = place.deployment
        self.execution = remote.end.name
        self.outcome = remote.outcome.rawValue
        self.reason = remote.reason
        self.backupName = remote.proof?.blob?.name
        self.bytes = remote.proof?.blob?.bytes
    }
}
