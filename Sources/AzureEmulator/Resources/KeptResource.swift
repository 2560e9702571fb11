import EmulatorRuntime
import Foundation

/// A resource that is kept and shown as it was sent, with what its provider adds.
struct KeptResource: Sendable, Equatable, Codable {
    /// The resource id.
    var id: Scope
    /// The type as Azure writes it, such as `Microsoft.Insights/actionGroups`.
    var type: String
    /// The name, without those of its parents.
    var name: String
    /// The region; nil for what has none, such as a diagnostic setting.
    var location: String?
    /// The resource's tags.
    var tags: [String: String] = [:]
    /// Its kind, where it has one.
    var kind: String?
    /// Its SKU, where it has one.
    var sku: JSON?
    /// Its managed identities.
    var identity = ManagedIdentities()
    /// The properties as they were sent.
    var properties: JSON = [:]
    /// The properties that the provider adds, or writes over what was sent.
    var computed: JSON = [:]
    /// What is told to those only who may ask for it, such as keys.
    var secrets: JSON = [:]
    /// When it was made.
    var createdAt: Date
    /// When it was last changed.
    var changedAt: Date
    /// Counts the changes.
    var revision = 1
    /// The object id of who made it.
    var createdBy: String

    /// The properties as they are shown.
    var shownProperties: JSON {
        var shown = self.properties
        for member in self.computed.object ?? [] { shown[member.name] = member.value }
        return shown
    }

    /// The client id of the system-assigned identity, which differs from its object id.
    var systemClientID: String? { self.identity.systemPrincipalID.map { DerivedID.guid("application/\($0)") } }
}
