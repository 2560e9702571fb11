import EmulatorRuntime
import Foundation

/// An API Management instance: the resource, and what lies in it.
struct ApiManagementInstance: Sendable, Equatable, Codable {
    /// The resource id.
    var id: Scope
    /// The instance's name.
    var name: String
    /// The region's display name, such as `West Europe`; API Management shows it so.
    var location: String
    /// The pricing tier.
    var tier: Tier
    /// The number of units.
    var capacity: Int
    /// The resource's tags.
    var tags: [String: String]
    /// Its managed identities.
    var identity: ManagedIdentities
    /// The state as the world has it; a running operation shows as `Updating`.
    var state: String
    /// When it was created.
    var createdAt: Date
    /// When it was last changed.
    var changedAt: Date
    /// Counts the changes; the ETag derives from it.
    var revision: Int
    /// The oldest API version that the instance accepts, where it is limited.
    var minAPIVersion: String?
    /// The availability zones; nil shows as null.
    var zones: [String]?
    /// Further properties, which replace or complete those that every instance shows.
    var properties: JSON
    /// APIs, products, policies and named values.
    var configuration: InstanceConfiguration
    /// How it behaves beyond Azure's rules.
    var behaviour: InstanceBehaviour
}
