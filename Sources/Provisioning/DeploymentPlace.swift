/// Where backups are deployed: one deployment for each instance and resource group, and one for all instances of a settings
/// file, always by the same name.
package struct DeploymentPlace: Sendable, Hashable {
    /// The subscription's id.
    package var subscription: String
    /// The resource group.
    package var resourceGroup: String
    /// The instance's name; nil where one job serves all instances of a settings file.
    package var instance: String?

    /// Creates a value.
    package init(subscription: String, resourceGroup: String, instance: String?) {
        self.subscription = subscription
        self.resourceGroup = resourceGroup
        self.instance = instance
    }

    /// The resource group's id.
    package var group: String { "/subscriptions/\(self.subscription)/resourceGroups/\(self.resourceGroup)" }

    /// The deployment's name: at most 64 characters, as an instance's has at most 50.
    package var name: String { self.instance.map { "apim-backup-\($0)" } ?? "apim-backups" }

    /// The deployment's id.
    package var deployment: String { self.deployment(named: self.name) }

    /// The id of the deployment that holds what earlier ones made while the next one is under way: also at most 64 characters.
    var handover: String {
        self.deployment(named: self.instance.map { "apim-before-\($0)" } ?? "apim-backups-before")
    }

    private func deployment(named name: String) -> String {
        "\(self.group)/providers/Microsoft.Resources/deployments/\(name)"
    }

    /// The options by which `undeploy` and others are told of the place.
    package var options: String {
        self.instance.map { "--apim-name \($0) " } ?? ""
    }
}
