package import BackupDomain

/// Finds the blob endpoint of a storage account.
package struct StorageAccountLookup: Sendable {
    /// How many subscriptions are searched at once.
    private static let width = 8

    private let plane: any ManagementPlane

    /// Creates a look-up.
    ///
    /// - Parameter plane: Azure Resource Manager.
    package init(plane: any ManagementPlane) { self.plane = plane }

    /// Reads the account from Resource Manager, where the caller may.
    ///
    /// - Parameters:
    ///   - name: The account's name.
    ///   - subscription: The subscription to look in; nil for all that the caller can see.
    /// - Returns: The account, or nil where the caller may not see it or it is elsewhere.
    /// - Throws: ``BackupDomain/BackupError`` where Resource Manager could not be asked at all.
    package func find(_ name: String, in subscription: String?) async throws -> StorageAccount? {
        let subscriptions = if let subscription { [subscription] } else { try await self.plane.subscriptions() }
        return try await subscriptions.map(width: Self.width) { try await self.account(name, in: $0) }
            .compactMap(\.self).first
    }

    private func account(_ name: String, in subscription: String) async throws -> StorageAccount? {
        do {
            let ids = try await self.plane.resources(
                ofType: "Microsoft.Storage/storageAccounts",
                named: name,
                in: subscription
            )
            guard let id = ids.first(where: { $0.name.lowercased() == name.lowercased() }) else { return nil }
            return try await self.plane.storageAccount(id)
        } catch let error as BackupError
            where [.permissionDenied, .notFound, .storageAccountNotFound].contains(error.code)
        {
            return nil
        }
    }
}
