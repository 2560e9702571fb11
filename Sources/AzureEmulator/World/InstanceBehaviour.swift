/// What the world says about how one instance behaves, beyond Azure's rules.
struct InstanceBehaviour: Sendable, Equatable, Codable {
    /// How long a backup takes in Azure's time; nil for the world's duration.
    var backupSeconds: Int?
    /// How long a restore takes in Azure's time; nil for the world's duration.
    var restoreSeconds: Int?
    /// Every backup fails at its end with this code and message.
    var backupFailure: ServiceFailure?
    /// A backup ends well, but no blob is written.
    var succeedsWithoutBlob = false
    /// How large a backup's blob is, in bytes.
    var backupBytes = 614_400
    /// A backup's 202 does not have a `Location`.
    var omitsLocation = false
    /// The end of a backup is answered with 200 and a service whose state is this, such as `Failed`.
    var endsInState: String?
    /// The names of gateways that workspaces of the instance are served by; backups are refused then.
    var workspaceGateways: [String]?
}
