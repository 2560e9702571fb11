import AzureClient
import BackupDomain
import BackupEngine
import Provisioning
import Settings

extension AzureConnection {
    /// Says of an instance that is gone how it comes back: recovered whole where Azure still keeps it, else rebuilt.
    ///
    /// - Parameters:
    ///   - reference: The instance as it was named.
    ///   - error: What there is to say without.
    /// - Returns: The error, with the way back.
    func gone(_ reference: String, _ error: BackupError) async -> BackupError {
        var error = error
        let subscriptions =
            if let subscription = self.settings.backup.subscription { [subscription] } else {
                (try? await self.plane.subscriptions()) ?? []
            }
        let found = await DeletedInstances(resources: self.plane).named(reference, in: subscriptions)
        if let deleted = found.first {
            let record = try? await self.whereFound(reference) { opened in
                try await opened.listing.newestRecord(describing: reference)
            }
            error.message = deleted.sentence(at: self.clock.now)
            error.remedy = "Bring it back, rather than restore: \(deleted.recovery(record?.service))"
        } else {
            let name = ResourceID(reference)?.name ?? reference
            error.remedy =
                "\(error.remedy ?? "") If it is gone for good: 'apim-backup rebuild \(name)' writes the template of an empty one "
                + "like it, into which a backup can be restored."
        }
        return error
    }

    /// What there is to say of instances that were deleted and can still be brought back.
    ///
    /// - Parameter ids: The instances that have backups.
    /// - Returns: A line for each; none for what may not be looked into.
    func deletedInstances(among ids: [ResourceID]) async -> [String] {
        let deleted = DeletedInstances(resources: self.plane)
        var lines: [String] = []
        for subscription in Set(ids.map(\.subscription)).sorted() {
            // Who may read the catalog only is told what that says.
            let found = (try? await deleted.all(in: subscription)) ?? []
            lines += found.filter { ids.contains($0.id) }.map { instance in
                "warning: \(instance.sentence(at: self.clock.now)) 'apim-backup rebuild \(instance.id.name)' prints the command."
            }
        }
        return lines
    }
}
