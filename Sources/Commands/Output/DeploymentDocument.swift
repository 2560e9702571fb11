import BackupDomain
import Deployment
import Provisioning

/// What came of `deploy`, as JSON; grows by addition.
struct DeploymentDocument: Encodable {
    /// The first backup.
    struct Backup: Encodable {
        /// The host's own name of the execution or run.
        var name: String
        /// `verified`, `unverified` or `failed`.
        var outcome: String
        var reason: String?
        /// The blob's name, where it was seen.
        var backupName: String?
        /// The blob's size in bytes, where it was seen.
        var bytes: Int?

        init(_ remote: RemoteOutcome) {
            self.name = remote.end.name
            self.outcome = remote.outcome.rawValue
            self.reason = remote.reason
            self.backupName = remote.proof?.blob?.name
            self.bytes = remote.proof?.blob?.bytes
        }
    }

    var version = 1
    var type = "deployment"
    var host: String
    var instance: String
    var resourceGroup: String
    var deployment: String
    var changed: Bool
    var resources: [String]
    var notes: [String]
    var backup: Backup?

    init(_ proposal: DeploymentProposal, resources: [String], backup: RemoteOutcome?, changed: Bool) {
        self.host = proposal.host.rawValue
        self.instance = proposal.instance.id.text
        self.resourceGroup = proposal.place.resourceGroup
        self.deployment = proposal.place.deployment
        self.changed = changed
        self.resources = resources
        self.notes = proposal.notes
        self.backup = backup.map(Backup.init)
    }
}

/// What came of `undeploy`, as JSON; grows by addition.
struct RemovalDocument: Encodable {
    var version = 1
    var type = "removal"
    var deployment: String
    var removed: [String]

    init(removed: [String], _ place: DeploymentPlace) {
        self.deployment = place.deployment
        self.removed = removed
    }
}
