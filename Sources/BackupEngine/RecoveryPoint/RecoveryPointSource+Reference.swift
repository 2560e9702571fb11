package import BackupDomain

extension RecoveryPointSource {
    /// Finds the backup that a person means.
    ///
    /// - Parameter reference: A backup's name, a run's id, or an instance's name (its newest run).
    /// - Returns: The instance's key and the blob's name.
    /// - Throws: ``BackupDomain/BackupError`` with code `notFound` where there is none, or where nobody can tell whose it is.
    package func backup(named reference: String) async throws -> (instance: InstanceKey, name: String) {
        let listing = BackupListing(blobs: self.blobs, catalog: self.catalog, container: self.container)
        do {
            let record = try await listing.record(named: reference)
            let isNamed = record.attempts.contains { $0.backupName == reference }
            if let name = isNamed ? reference : record.backup?.name { return (record.instanceKey, name) }
            throw BackupError(.notFound, "The run \(record.run) of \(record.instance.name) made no backup.")
        } catch let error as BackupError where error.code == .notFound {
            guard RunID(text: reference) == nil,
                case .present = try await self.blobs.properties(of: reference, in: self.container)
            else { throw error }
        }
        let instances = try await self.catalog.instances()
        guard let found = BlobAttribution(blob: reference, among: instances) else {
            throw BackupError(
                .notFound,
                "Nobody can tell by its name which instance '\(reference)' is a backup of.",
                remedy: "It needs no pin: what no record of ours names is never deleted."
            )
        }
        return (found.instance, reference)
    }
}
