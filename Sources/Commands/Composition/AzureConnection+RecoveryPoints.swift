import AzureClient
import BackupDomain
import BackupEngine

extension AzureConnection {
    /// Opens the recovery points of a storage account.
    ///
    /// - Parameters:
    ///   - options: Where backups and records are.
    ///   - azure: Which subscription to look in for the account.
    /// - Returns: The source, and the account.
    /// - Throws: ``BackupDomain/BackupError``
    func recoveryPoints(
        _ options: StorageOptions,
        _ azure: AzureOptions
    ) async throws -> (source: RecoveryPointSource, storage: RunStorage) {
        let storage = try await self.storage(options, subscription: self.subscription(azure))
        let source = RecoveryPointSource(
            blobs: storage.blobs,
            catalog: BlobCatalog(storage: storage.blobs, container: options.catalogContainer),
            documents: CatalogDocuments(storage: storage.blobs, container: options.catalogContainer),
            container: options.container,
            candidates: InstanceCandidates(plane: self.plane, in: self.subscription(azure)),
            clock: self.clock
        )
        return (source, storage)
    }

    /// Who we are to the storage account, for what we write down.
    ///
    /// - Returns: The principal, as far as its token says.
    /// - Throws: ``BackupDomain/BackupError`` where no token can be had.
    func principal() async throws -> RecordedPrincipal {
        let report = try await self.tokens.report(for: self.cloud.storageAudience)
        return RecordedPrincipal(
            credential: report.credential,
            tenantID: report.tenantID,
            objectID: report.objectID,
            applicationID: report.applicationID
        )
    }
}
