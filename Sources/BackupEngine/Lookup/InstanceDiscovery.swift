package import BackupDomain

/// Finds all instances that the caller can see.
package struct InstanceDiscovery: Sendable {
    /// How many subscriptions or instances are asked about at once.
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
    /// - Parameter subscription: Where to look; nil for all subscriptions that can be seen.
    /// - Returns: The instances, by resource id.
    /// - Throws: ``BackupDomain/BackupError``
    package func all(in subscription: String?) async throws -> [Found] {
        let subscriptions = if let subscription { [subscription] } else { try await self.plane.subscriptions() }
        let plane = self.plane
        let ids = try await subscriptions.map(width: Self.width) { subscription in
            try await plane.resources(ofType: "Microsoft.ApiManagement/service", named: nil, in: subscription)
        }
        let instances = Set(ids.flatMap(\.self).filter(\.isInstance))
        return try await instances.sorted { $0.canonical < $1.canonical }.map(width: Self.width) { id in
            do {
                return Found(id: id, instance: try await plane.instance(id).instance)
            } catch let error as BackupError where [.permissionDenied, .instanceNotFound].contains(error.code) {
                return Found(id: id, instance: nil)
            }
        }
    }
}
