import BackupDomain
import BackupEngine
import Settings

extension AzureConnection {
    /// Finds an instance by its records, else in Azure.
    ///
    /// - Parameter reference: A name, a key as `lock status` shows it, or a full resource id.
    /// - Returns: The instance's resource id, and the containers that its records are in, or would be.
    /// - Throws: ``BackupDomain/BackupError`` with code `instanceAmbiguous`, `instanceNotFound` and others.
    func recordedInstance(_ reference: String) async throws -> (id: ResourceID, storage: OpenedStorage) {
        let id = ResourceID(reference)
        do {
            return try await self.whereFound(reference) { opened in
                guard let found = try await self.recorded(id.map { InstanceKey($0).text } ?? reference, in: opened)
                else {
                    throw BackupError(.notFound, "'\(reference)' has no records in \(opened.catalogPlace).")
                }
                return (id ?? found, opened)
            }
        } catch let error as BackupError where error.code == .notFound {
            let places = self.settings.places
            guard
                let backup = try self.settings.instance(named: reference)?.backup
                    ?? (places.count == 1 ? places[0] : nil)
            else {
                throw BackupError(
                    .invalidInput,
                    "The settings do not list '\(reference)', and name \(places.count) storage accounts.",
                    remedy: "Give --storage-account, or list the instance in the settings."
                )
            }
            let listed = try self.settings.instance(named: reference) ?? InstanceSettings(reference, backup)
            let opened = try await self.open(backup, subscription: backup.subscription)
            if let known = listed.knownID { return (known, opened) }
            let found = try await InstanceLookup(plane: self.plane).find(
                listed.reference,
                subscription: backup.subscription,
                resourceGroup: listed.resourceGroup
            )
            return (found, opened)
        }
    }

    /// Finds an instance by its records in one account.
    private func recorded(_ reference: String, in opened: OpenedStorage) async throws -> ResourceID? {
        let wanted = reference.lowercased()
        let keys = try await opened.catalog.instances().filter { $0.instanceName == wanted || $0.text == wanted }
        guard keys.count <= 1 else {
            throw BackupError(
                .instanceAmbiguous,
                "\(keys.count) instances named '\(reference)' have records: \(keys.map(\.text).joined(separator: ", ")).",
                remedy: "Name one by its key or by its full resource id."
            )
        }
        guard let key = keys.first else { return nil }
        let runs = try await opened.catalog.runs(of: key, at: self.clock.now)
        if runs.summary == nil, let refused = runs.newestRefused { throw refused.error(of: key.instanceName) }
        return runs.summary?.instance.id
    }
}
