package import EmulatorRuntime

/// What the functions of a template see of the place that they stand for, as it is when the deployment begins.
package struct DeploymentSurroundings: Sendable, Equatable, Codable {
    /// The place that ids and names without one are in.
    package var place: DeploymentPlace
    /// What `subscription()` is.
    package var subscription: JSON
    /// What `resourceGroup()` is; nil at a subscription's scope.
    package var group: JSON?
    /// What `tenant()` is.
    package var tenant: JSON
    /// What `environment()` is.
    package var environment: JSON
    /// What `deployment()` is.
    package var deployment: JSON
    /// What `deployer()` is.
    package var deployer: JSON

    /// Creates surroundings.
    package init(
        place: DeploymentPlace,
        subscription: JSON,
        group: JSON?,
        tenant: JSON,
        environment: JSON,
        deployment: JSON,
        deployer: JSON
    ) {
        self.place = place
        self.subscription = subscription
        self.group = group
        self.tenant = tenant
        self.environment = environment
        self.deployment = deployment
        self.deployer = deployer
    }
}
