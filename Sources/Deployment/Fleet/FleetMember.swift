/// One of the instances that a single job backs up, as its template needs to know it.
package struct FleetMember: Sendable, Hashable {
    /// The instance's name.
    package var instance: String
    /// The instance's resource group.
    package var instanceGroup: String
    /// The storage account's name.
    package var account: String
    /// The storage account's resource group.
    package var accountGroup: String
    /// The container of backups.
    package var container: String
    /// The container of records.
    package var catalogContainer: String
    /// The object id of the identity by which API Management writes; empty where it is still to be enabled.
    package var writer: String
    /// Whether API Management's own role is assigned; false where it has the role already.
    package var assignsWriter: Bool
    /// Whether only its inventory is taken, so that API Management writes nothing.
    package var isInventoryOnly: Bool

    /// Creates a member.
    package init(
        instance: String,
        instanceGroup: String,
        account: String,
        accountGroup: String,
        container: String,
        catalogContainer: String,
        writer: String,
        assignsWriter: Bool,
        isInventoryOnly: Bool = false
    ) {
        self.instance = instance
        self.instanceGroup = instanceGroup
        self.account = account
        self.accountGroup = accountGroup
        self.container = container
        self.catalogContainer = catalogContainer
        self.writer = writer
        self.assignsWriter = assignsWriter
        self.isInventoryOnly = isInventoryOnly
    }
}
