/// Where backups of an instance are deployed: one deployment for each instance and resource group, always by the same name.
package struct DeploymentPlace: Sendable, Hashable {
    /// The subscription's id.
    package var subscription: String
    /// The resource group.
    package var resourceGroup: String
    /// The instance's name.
    package var instance: String

    /// Creates a value.
    package init(subscription: String, resourceGroup: String, instance: String) {
        self.subscription = subscription
        self.resourceGroup = resourceGroup
        self.instance = instance
    }

    /// The resource group's id.
    package var group: String { "/subscriptions/\(self.subscription)/resourceGroups/\(self.resourceGroup)" }

    /// The deployment's name: at most 64 characters, as an instance's has at most 50.
    package var name: String { "apim-backup-\(self.instance)" }

    /// The deployment's id.
    package var deployment: String { "\(self.group)/providers/Microsoft.Resources/deployments/\(self.name)" }
}
