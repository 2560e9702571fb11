/// A resource group.
struct ResourceGroup: Sendable, Equatable, Codable {
    /// The subscription's GUID.
    var subscriptionID: String
    /// The group's name.
    var name: String
    /// The region, such as `westeurope`.
    var location: String
    /// The group's tags.
    var tags: [String: String] = [:]

    var scope: Scope { .group(self.name, in: self.subscriptionID) }
}
