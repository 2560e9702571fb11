package import BackupDomain
package import FoundationEssentials

/// Instances that were deleted and can still be brought back whole: for 48 hours Azure keeps them.
///
/// Source: <https://learn.microsoft.com/azure/api-management/soft-delete>
package struct DeletedInstances: Sendable {
    /// A deleted instance.
    package struct Found: Sendable, Hashable {
        /// The resource id that it had.
        package var id: ResourceID
        /// The region.
        package var location: String
        /// When it was deleted; nil where Azure does not say.
        package var deletedAt: Date?
        /// When it is gone for good; nil where Azure does not say.
        package var purgesAt: Date?

        /// Creates a value.
        package init(id: ResourceID, location: String, deletedAt: Date?, purgesAt: Date?) {
            self.id = id
            self.location = location
            self.deletedAt = deletedAt
            self.purgesAt = purgesAt
        }

        /// The command that brings it back with all that it held.
        ///
        /// Source: "Recover a soft-deleted API Management instance": a PUT with `properties.restore`; all else but what the schema
        /// demands is ignored.
        ///
        /// - Parameter service: The resource as it was recorded with a backup; nil where there is none.
        /// - Returns: One line for a POSIX shell, with placeholders for what is not known.
        package func recovery(_ service: JSONValue?) -> String {
            let body = JSONValue.object([
                "location": .string(self.location),
                "sku": service?["sku"] ?? .object(["name": .string("TIER"), "capacity": .integer(1)]),
                "properties": .object([
                    "restore": .boolean(true),
                    "publisherEmail": service?["properties"]?["publisherEmail"] ?? .string("EMAIL"),
                    "publisherName": service?["properties"]?["publisherName"] ?? .string("NAME"),
                ]),
            ])
            let text = (try? JSONEncoder.stable().encode(body)).map { String(decoding: $0, as: UTF8.self) } ?? "{}"
            return
                "az rest --method put --url '\(self.id)?api-version=2024-05-01' --body '\(text.replacing("'", with: "'\\''"))'"
        }

        /// What there is to say of it, in one sentence.
        ///
        /// - Parameter now: The present instant.
        /// - Returns: The sentence.
        package func sentence(at now: Date) -> String {
            let when = self.deletedAt.map { " \($0.wholeSeconds.iso8601)" } ?? ""
            let left = self.purgesAt.map { purge in
                let left = Duration.seconds(max(0, purge.timeIntervalSince(now).rounded())).formattedBriefly
                return " for \(left) more, until \(purge.wholeSeconds.iso8601)"
            }
            return
                "\(self.id.name) was deleted\(when), and Azure brings it back with all that it held\(left ?? " for 48 hours")."
        }
    }

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
    package func all(in subscription: String) async throws -> [Found] {
        let items = try await self.resources.list(
            "/subscriptions/\(subscription)/providers/Microsoft.ApiManagement/deletedservices",
            apiVersion: "2024-05-01",
            filter: nil
        )
        return items.compactMap { item in
            let properties = item["properties"]
            guard let id = properties?["serviceId"]?.string.flatMap(ResourceID.init), id.isInstance else { return nil }
            return Found(
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
    package func named(_ reference: String, in subscriptions: [String]) async -> [Found] {
        let id = ResourceID(reference)
        var found: [Found] = []
        for subscription in id.map({ [$0.subscription] }) ?? subscriptions {
            // Only for a better word on a bad day: whoever may not list them is told what there is without.
            found += (try? await self.all(in: subscription)) ?? []
        }
        return found.filter { deleted in
            id.map { $0 == deleted.id } ?? (deleted.id.name.lowercased() == reference.lowercased())
        }
    }
}
