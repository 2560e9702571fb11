/// An API Management instance as Azure described it at one moment.
package struct Instance: Sendable {
    /// The resource id.
    package var id: ResourceID
    /// Azure's region, in Azure's display form (`West Europe`).
    package var location: String
    /// The pricing tier.
    package var tier: Tier
    /// The number of units.
    package var units: Int
    /// `properties.provisioningState`, such as `Succeeded` or `Updating`.
    package var provisioningState: String
    /// The managed identities.
    package var identity: InstanceIdentity
    /// The oldest api-version that the instance accepts; nil where it sets none.
    package var minimumAPIVersion: String?
    /// The whole resource as Azure sent it.
    package var document: JSONValue

    /// Creates a value.
    package init(
        id: ResourceID,
        location: String,
        tier: Tier,
        units: Int,
        provisioningState: String,
        identity: InstanceIdentity,
        minimumAPIVersion: String?,
        document: JSONValue
    ) {
        self.id = id
        self.location = location
        self.tier = tier
        self.units = units
        self.provisioningState = provisioningState
        self.identity = identity
        self.minimumAPIVersion = minimumAPIVersion
        self.document = document
    }

    /// Whether an operation of Azure's own or somebody else's holds the instance.
    ///
    /// Source: provisioning states of the 2024-05-01 specification; `Updating` is what a backup shows meanwhile.
    package var isBusy: Bool { ["updating", "activating"].contains(self.provisioningState.lowercased()) }
}
