/// What a person is told while a deployment goes on.
package enum DeploymentProgress: Sendable, Hashable {
    /// The instance's identity is being enabled.
    case enablingIdentity
    /// The instance's identity is enabled.
    case identityEnabled
    /// Azure has accepted the deployment.
    case accepted
    /// A resource is done, by type and name.
    case made(String)
    /// The deployment is done.
    case deployed
    /// A first backup has begun in the host, by the execution's name.
    case backupStarted(String)
    /// The roles do not hold yet, and the backup is tried again later.
    case waitingForRoles(String)
    /// The backup goes on.
    case backupRunning
}
