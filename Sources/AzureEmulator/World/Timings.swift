/// The durations that Azure decides, in whole seconds of Azure's time.
struct Timings: Sendable, Equatable, Codable {
    /// How long a backup takes.
    var backupSeconds = 600
    /// How long a restore takes.
    var restoreSeconds = 1800
    /// What `Retry-After` says while an operation runs.
    var retryAfterSeconds = 60
    /// How long a token is valid; not shortened by the time scale.
    var tokenSeconds = 3600
    /// How long a new role assignment takes to count.
    var rolePropagationSeconds = 0
    /// How far the emulated Azure's clock is ahead of this machine's; negative where it is behind.
    var clockSkewSeconds = 0
    /// How long the URL of an ended operation can still be read.
    var operationLifetimeSeconds = 86_400
    /// How long the name of a deleted container cannot be taken.
    ///
    /// Source: "Delete Container": at least 30 seconds.
    var containerDeletionSeconds = 30
    /// How long the creation or the recovery of an instance takes.
    var activationSeconds = 1800
    /// How long the deletion of an instance takes.
    var deletionSeconds = 90
    /// How long the purge of a deleted instance takes.
    var purgeSeconds = 30
    /// How long a deleted instance can be recovered.
    var softDeleteSeconds = 172_800
    /// How long after its deletion an instance cannot be recovered yet.
    var recoverableAfterSeconds = 60
    /// How long each resource of a deployment takes, beside what its provider takes.
    var deploymentStepSeconds = 0
}
