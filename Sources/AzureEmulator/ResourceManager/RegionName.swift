/// The two names of a region: `westeurope`, and `West Europe`, which API Management shows.
enum RegionName {
    private static let names = [
        "westeurope": "West Europe", "northeurope": "North Europe", "eastus": "East US", "eastus2": "East US 2",
        "westus": "West US", "westus2": "West US 2", "centralus": "Central US", "uksouth": "UK South",
        "germanywestcentral": "Germany West Central", "francecentral": "France Central",
        "swedencentral": "Sweden Central", "switzerlandnorth": "Switzerland North", "southeastasia": "Southeast Asia",
        "australiaeast": "Australia East", "japaneast": "Japan East",
    ]

    /// The names for machines of all regions that have one for people.
    static var all: [String] { self.names.keys.sorted() }

    /// The name for people; an unknown region keeps its short name.
    static func display(_ name: String) -> String { self.names[self.short(name)] ?? name }

    /// The name for machines.
    static func short(_ name: String) -> String { name.lowercased().replacing(" ", with: "") }
}
