package import Deployment

/// What somebody wants to have deployed.
package struct DeploymentOrder: Sendable {
    /// What runs the backups.
    package var host: DeploymentHost
    /// The instances.
    package var instances: [WantedInstance]
    /// The settings that travel with a job for many instances; nil for one instance, whose settings are the template's inputs.
    package var settings: TravellingSettings?
    /// The values for the template, as they were given.
    package var arguments: TemplateArguments
    /// The resource group to deploy into; nil for the instance's own.
    package var resourceGroup: String?
    /// The api-version of API Management's calls.
    package var apiVersion: String

    /// Creates an order.
    package init(
        host: DeploymentHost,
        instances: [WantedInstance],
        settings: TravellingSettings?,
        arguments: TemplateArguments,
        resourceGroup: String?,
        apiVersion: String
    ) {
        self.host = host
        self.instances = instances
        self.settings = settings
        self.arguments = arguments
        self.resourceGroup = resourceGroup
        self.apiVersion = apiVersion
    }
}
