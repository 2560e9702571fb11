import BackupDomain
import Provisioning

/// What came of `run --remote`, as JSON; grows by addition.
struct RemoteBackupDocument: Encodable {
    var version = 1
    var type = "remote"
    /// The instance's name; absent where one job serves several.
    var instance: String?
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
    /// Each instance's, where there are several.
    var instances: [DeploymentDocument.InstanceBackup]?

    init(_ remote: RemoteOutcome, of place: DeploymentPlace) {
        self.instance = place.instance
        self.deployment = place.deployment
        self.execution = remote.end.name
        self.outcome = remote.outcome.rawValue
        self.reason = remote.reason
        self.backupName = remote.blob?.name
        self.bytes = remote.blob?.bytes
        self.instances =
            remote.proofs.count > 1
            ? remote.proofs.map { DeploymentDocument.InstanceBackup($0.instance, $0.proof) } : nil
    }
}
