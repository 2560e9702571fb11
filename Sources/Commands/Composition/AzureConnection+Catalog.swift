import BackupDomain
import BackupEngine
import Foundation

extension AzureConnection {
    /// Finds an instance by its records, else in Azure.
    ///
    /// - Parameters:
    ///   - reference: A name, a key as `lock status` shows it, or a full resource id.
    ///   - storage: Where the records are.
    ///   - azure: Which subscription to look in.
    /// - Returns: The instance's resource id, and the storage account.
    /// - Throws: ``BackupDomain/BackupError`` with code `instanceAmbiguous`, `instanceNotFound` and others.
    func recordedInstance(
        _ reference: String,
        _ storage: StorageOptions,
        _ azure: AzureOptions
    ) async throws -> (id: ResourceID, storage: RunStorage) {
        let account = try await self.storage(storage, subscription: self.subscription(azure))
        let catalog = BlobCatalog(storage: account.blobs, container: storage.catalogContainer)
        if let id = ResourceID(reference) { return (id, account) }
        let wanted = reference.lowercased()
        let keys = try await catalog.instances().filter { $0.instanceName == wanted || $0.text == wanted }
        guard keys.count <= 1 else {
            throw BackupError(
                .instanceAmbiguous,
                "\(keys.count) instances named '\(reference)' have records: \(keys.map(\.text).joined(separator: ", ")).",
                remedy: "Name one by its key or by its full resource id."
            )
        }
        if let key = keys.first, let summary = try await catalog.summary(of: key, at: self.clock.now) {
            return (summary.instance.id, account)
        }
        let id = try await InstanceLookup(plane: self.plane).find(
            reference,
            subscription: self.subscription(azure),
            resourceGroup: nil
        )
        return (id, account)
    }
}
