package import BackupDomain

/// Finds all instances that the caller can see.
package struct InstanceDiscovery: Sendable {
    /// How many instances are asked about at once.
    private static let width = 8

    /// An instance that was found.
    package struct Found: Sendable {
        /// The resource id.
        package var id: ResourceID
        /// The instance; nil where the caller may list it but not read it.
        package var instance: Instance?
    }

    private let plane: any ManagementPlane

    /// Creates a discovery.
    ///
    /// - Parameter plane: Azure Resource Manager.
    package init(plane: any ManagementPlane) { self.plane = plane }

    /// Lists the instances.
    ///
    /// - Parameters:
    ///   - subscription: Where to look; nil for all subscriptions that can be seen.
    ///   - refused: Told of each subscription that may not be searched; what is found in others is found all the same.
    /// - Returns: The instances, by resource id.
    /// - Throws: ``BackupDomain/BackupError``, also where no subscription may be searched.
    package func all(
        in subscription: String?,
        refused: (String, BackupError) -> Void = { _, _ in }
    ) async throws -> [Found] {
        let ids = try await self.ids(in: subscription, refused: refused)
        let plane = self.plane
        return try await ids.map(width: Self.width) { id in
            do {
                return Found(id: id, instance: try await plane.instance(id).instance)
            } catch let error as BackupError where [.permissionDenied, .instanceNotFound].contains(error.code) {
                return Found(id: id, instance: nil)
            }
        }
    }

    /// Lists the instances' resource ids, without reading them.
    ///
    /// - Parameters:
    ///   - subscription: Where to look; nil for all subscriptions that can be seen.
    ///   - refused: Told of each subscription that may not be searched.
    /// - Returns: The ids, sorted.
    /// - Throws: ``BackupDomain/BackupError``, also where no subscription may be searched.
    package func ids(
        in subscription: String?,
        refused: (String, BackupError) -> Void = { _, _ in }
    ) async throws -> [ResourceID] {
        let subscriptions = if let subscription { [subscription] } else { try await self.plane.subscriptions() }
        let search = try await InstanceSearch(self.plane, named: nil, in: subscriptions)
        if let first = search.refusals.first, search.refusals.count == subscriptions.count { throw first.error }
        for refusal in search.refusals { refused(refusal.subscription, refusal.error) }
        return search.found
    }
}
