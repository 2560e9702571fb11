import BackupDomain

/// The gateways of workspaces, which are resources of their own beside the instance.
extension Examiner {
    /// The most gateways of a subscription whose connections are read.
    private static let mostGateways = 50
    /// How many are read at once.
    private static let width = 4

    /// Finds the gateways that are connected with workspaces of an instance.
    ///
    /// Only the tier Premium has them, so that nothing is asked for any other.
    ///
    /// Source: <https://learn.microsoft.com/rest/api/apimanagement/api-gateway/list> and
    /// <https://learn.microsoft.com/rest/api/apimanagement/api-gateway-config-connection/list-by-gateway>: a connection's `sourceId` is the
    /// workspace.
    ///
    /// - Parameter instance: The instance as it was read.
    /// - Returns: The resource ids of the gateways.
    /// - Throws: `CancellationError`
    func workspaceGateways(of instance: Reading<Instance>) async throws -> Reading<[String]> {
        guard case .found(let instance) = instance else { return instance.withoutValue() }
        guard instance.tier.name.lowercased() == "premium" else { return .found([]) }
        do {
            let list = "/subscriptions/\(instance.id.subscription)/providers/Microsoft.ApiManagement/gateways"
            let gateways = try await self.resources.list(list, apiVersion: "2024-05-01", filter: nil)
                .compactMap { $0["id"]?.string }
            let own = "\(instance.id.canonical)/workspaces/"
            let connected = try await gateways.prefix(Self.mostGateways).map(width: Self.width) { gateway in
                let connections = try await self.resources.list(
                    "\(gateway)/configConnections",
                    apiVersion: "2024-05-01",
                    filter: nil
                )
                return connections.contains { connection in
                    connection["properties"]?["sourceId"]?.string?.lowercased().hasPrefix(own) == true
                }
            }
            return .found(zip(gateways, connected).filter(\.1).map(\.0))
        } catch let error as BackupError {
            return Reading(
                error,
                "Workspace gateways could not be listed (Microsoft.ApiManagement/gateways/read on the subscription): \(error.message)"
            )
        }
    }
}
