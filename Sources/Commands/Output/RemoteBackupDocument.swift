import Provisioning

/// What came of `run --remote`, as JSON; grows by addition.
struct RemoteBackupDocument: Encodable {
    var version = 1
    var type = "remote"
    var instance: String
    var deployment: String
    /// The host's own name of the execution or run.
    var execution: String
    /// `verified` or `failed`.
    var outcome: String
    /// What Azure says of a failure.
    var reason: String?

    init(_ end: RemoteBackup.End, of place: DeploymentPlace) {
        self.instance = place.instance
        self.deployment = place.deployment
        self.execution = end.name
        if case .failed(let reason) = end.state {
            self.outcome = "failed"
            self.reason = reason
        } else {
            self.outcome = "verified"
        }
    }
}
