import BackupDomain
import Deployment
import Provisioning

/// What came of `deploy`, as JSON; grows by addition.
struct DeploymentDocument: Encodable {
    /// The first backup of one instance.
    struct InstanceBackup: Encodable {
        var instance: String
        /// `verified`, `unverified` or `failed`.
        var outcome: String
        var reason: String?
        var backupName: String?
        var bytes: Int?

        init(_ instance: String, _ proof: RemoteProof) {
            self.instance = instance
            self.outcome = proof.outcome.rawValue
            self.reason = proof.error?.message
            self.backupName = proof.blob?.name
            self.bytes = proof.blob?.bytes
        }
    }

    /// The first backup, or the first of all instances.
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
        /// Each instance's, where there are several.
        var instances: [InstanceBackup]?

        init(_ remote: RemoteOutcome) {
            self.name = remote.end.name
            self.outcome = remote.outcome.rawValue
            self.reason = remote.reason
            self.backupName = remote.blob?.name
            self.bytes = remote.blob?.bytes
            self.instances = remote.proofs.count > 1 ? remote.proofs.map { InstanceBackup($0.instance, $0.proof) } : nil
        }
    }

    var version = 1
    var type = "deployment"
    var host: String
    /// The instance's resource id; absent where one job serves several.
    var instance: String?
    /// All of them.
    var instances: [String]
    var resourceGroup: String
    var deployment: String
    var changed: Bool
    var resources: [String]
    var notes: [String]
    var backup: Backup?

    init(_ proposal: DeploymentProposal, resources: [String], backup: RemoteOutcome?, changed: Bool) {
        self.host = proposal.host.rawValue
        let instances = proposal.instances.map(\.instance.id.text)
        self.instance = proposal.settings == nil ? instances.first : nil
        self.instances = instances
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
