import Foundation

/// Where a resource of a file belongs: its subscription and resource group, which may be left out where there is only
/// one.
struct Place {
    let world: World

    /// The subscription that the fields name, or the first one.
    func subscription(_ fields: FieldReader) -> String {
        let first = self.world.subscriptions.first?.id ?? ""
        guard let id = fields.guid("subscription") else { return first }
        guard self.world.subscriptions.contains(where: { $0.id == id }) else {
            fields.note("subscription", "There is no subscription '\(id)'.")
            return first
        }
        return id
    }

    /// The resource group that the fields name, or the first one of the subscription.
    func group(_ fields: FieldReader) -> ResourceGroup? {
        let subscription = self.subscription(fields)
        let groups = self.world.resourceGroups.filter { $0.subscriptionID == subscription }
        guard let name = fields.string("resourceGroup") else {
            if groups.isEmpty { fields.note("resourceGroup", "There is no resource group that this could be in.") }
            return groups.first
        }
        let found = groups.first { $0.name.caseInsensitiveCompare(name) == .orderedSame }
        if found == nil { fields.note("resourceGroup", "There is no resource group '\(name)'.") }
        return found
    }
}
