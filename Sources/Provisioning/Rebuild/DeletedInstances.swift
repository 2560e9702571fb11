package import BackupDomain
import FoundationEssentials

/// Instances that were deleted and can still be brought back whole: for 48 hours Azure keeps them.
///
/// Source: <https://learn.microsoft.com/azure/api-management/soft-delete>
package struct DeletedInstances: Sendable {
    private let resources: any ResourcePlane

    /// Creates a search.
    ///
    /// - Parameter resources: Azure Resource Manager.
    package init(resources: any ResourcePlane) { self.resources = resources }

    /// Lists a subscription's deleted instances.
    ///
    /// Source: <https://learn.microsoft.com/rest/api/apimanagement/deleted-services/list-by-subscription>
    ///
    /// - Parameter subscription: The subscription's id.
    /// - Returns: The instances.
    /// - Throws: ``BackupDomain/BackupError``, also where the caller may not list them.
    package func all(in subscription: String) async throws -> [DeletedInstance] {
        let items = try await self.resources.list(
            "/subscriptions/\(subscription)/providers/Microsoft.ApiManagement/deletedservices",
            apiVersion: "2024-05-01",
            filter: nil
        )
        return items.compactMap { item in
            let properties = item["properties"]
            guard let id = properties?["serviceId"]?.string.flatMap(ResourceID.init), id.isInstance else { return nil }
            return DeletedInstance(
                id: id,
                location: item["location"]?.string ?? "",
                deletedAt: properties?["deletionDate"]?.string.flatMap { Date(iso8601: $0) },
                purgesAt: properties?["scheduledPurgeDate"]?.string.flatMap { Date(iso8601: $0) }
            )
        }
    }

    /// Finds those of a name.
    ///
    /// - Parameters:
    ///   - reference: A name or a resource id.
    ///   - subscriptions: Where to look; one that may not be looked into is passed over.
    /// - Returns: The instances.
    package func named(_ reference: String, in subscriptions: [String]) async -> [DeletedInstance] {
        let id = ResourceID(reference)
        var found: [DeletedInstance] = []
        for subscription in id.map({ [$0.subscription] }) ?? subscriptions {
            // Only for a better word on a bad day: whoever may not list them is told what there is without.
            found += (try? await self.all(in: subscription)) ?? []
        }
        return found.filter { deleted in
            id.map { $0 == deleted.id } ?? (deleted.id.name.lowercased() == reference.lowercased())
        }
    }
}
