/// An instance as a record names it.
package struct RecordedInstance: Sendable, Codable, Hashable {
    /// The resource id.
    package var id: ResourceID
    /// The name.
    package var name: String
    /// Azure's region.
    package var location: String
    /// The pricing tier: a backup restores only to the same one.
    package var tier: Tier
    /// The number of units.
    package var units: Int

    /// Takes over what a record needs of an instance.
    ///
    /// - Parameter instance: The instance as Azure described it.
    package init(_ instance: Instance) {
        self.id = instance.id
        self.name = instance.id.name
        self.location = instance.location
        self.tier = instance.tier
        self.units = instance.units
    }
}
