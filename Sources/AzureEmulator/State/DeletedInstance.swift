import Foundation

/// An instance that was deleted and can still be recovered; its name stays taken meanwhile.
///
/// Source: "API Management soft-delete": 48 hours.
struct DeletedInstance: Sendable, Equatable, Codable {
    /// The instance as it was.
    var instance: ApiManagementInstance
    /// When it was deleted.
    var deletedAt: Date
    /// When it will be gone for good.
    var purgesAt: Date

    /// The region's short name, by which a deleted instance is addressed.
    var region: String { RegionName.short(self.instance.location) }
}
