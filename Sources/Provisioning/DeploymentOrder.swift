package import Deployment

/// What somebody wants to have deployed.
package struct DeploymentOrder: Sendable {
    /// What runs the backups.
    package var host: DeploymentHost
    /// The values for the template, as they were given.
    package var arguments: TemplateArguments
    /// Where to look for the instance; nil for all subscriptions that can be seen.
    package var subscription: String?
    /// The resource group to deploy into; nil for the instance's own.
    package var resourceGroup: String?
    /// The api-version of API Management's calls.
    package var apiVersion: String

    /// Creates an order.
    package init(
        host: DeploymentHost,
        arguments: TemplateArguments,
        subscription: String?,
        resourceGroup: String?,
        apiVersion: String
    ) {
        self.host = host
        self.arguments = arguments
        self.subscription = subscription
        self.resourceGroup = resourceGroup
        self.apiVersion = apiVersion
    }
}
