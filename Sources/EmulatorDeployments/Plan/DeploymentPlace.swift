/// Where a deployment puts its resources: a subscription, or a resource group of one.
package struct DeploymentPlace: Sendable, Hashable, Codable {
    /// The subscription's id.
    package var subscriptionID: String
    /// The group's name; nil for the subscription itself.
    package var groupName: String?

    /// Creates a place.
    package init(subscriptionID: String, groupName: String?) {
        self.subscriptionID = subscriptionID
        self.groupName = groupName
    }

    /// The resource id of the place.
    package var id: String {
        "/subscriptions/\(self.subscriptionID)" + (self.groupName.map { "/resourceGroups/\($0)" } ?? "")
    }
}
