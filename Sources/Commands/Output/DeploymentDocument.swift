import BackupDomain
import Deployment
import Provisioning

/// What came of `deploy`, as JSON; grows by addition.
struct DeploymentDocument: Encodable {
    /// The first backup.
    struct Backup: Encodable {
        var name: String
        /// `verified` or `failed`.
        var outcome: String
        var reason: String?
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

    init(_ proposal: DeploymentProposal, resources: [String], backup: RemoteBackup.End?, changed: Bool) {
        self.host = proposal.host.rawValue
        self.instance = proposal.instance.id.text
        self.resourceGroup = proposal.place.resourceGroup
        self.deployment = proposal.place.deployment
        self.changed = changed
        self.resources = resources
        self.notes = proposal.notes
        self.backup = backup.map { end in
            if case .failed(let reason) = end.state { return Backup(name: end.name, outcome: "failed", reason: reason) }
            return Backup(name: end.name, outcome: "verified", reason: nil)
        }
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
