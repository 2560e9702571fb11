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
        if let deleted = await self.deletedInstance(named: reference) {
            error.message = deleted.sentence(at: self.clock.now)
            error.remedy = "Bring it back, rather than restore: \(await self.recovery(of: deleted))"
        } else {
            let name = ResourceID(reference)?.name ?? reference
            error.remedy =
                "\(error.remedy ?? "") If it is gone for good: 'apim-backup rebuild \(name)' writes the template of an empty one "
                + "like it, into which a backup can be restored."
        }
        return error
    }

    /// Looks for an instance among those that were deleted and can still be brought back.
    ///
    /// - Parameter reference: A name or a resource id.
    /// - Returns: The instance; nil where there is none, or none that this identity may see.
    func deletedInstance(named reference: String) async -> DeletedInstance? {
        let subscriptions =
            if let subscription = self.settings.backup.subscription { [subscription] } else {
                (try? await self.plane.subscriptions()) ?? []
            }
        return await DeletedInstances(resources: self.plane).named(reference, in: subscriptions).first
    }

    /// The command that brings a deleted instance back, with what the newest record says of it.
    ///
    /// - Parameter deleted: The instance.
    /// - Returns: One line for a shell.
    func recovery(of deleted: DeletedInstance) async -> String {
        let reference = InstanceKey(deleted.id).text
        // Without a record the command has gaps, which it names.
        let record = try? await self.whereFound(reference) { opened in
            try await opened.listing.newestRecord(describing: reference)
        }
        return deleted.recovery(record?.service)
    }

    /// The deleted ones among instances that can still be brought back, each with the command for that.
    ///
    /// - Parameter ids: The instances that have backups.
    /// - Returns: The instances; none for what may not be looked into.
    func deletedInstances(among ids: [ResourceID]) async -> [DeletedNotice] {
        let deleted = DeletedInstances(resources: self.plane)
        var notices: [DeletedNotice] = []
        for subscription in Set(ids.map(\.subscription)).sorted() {
            // Who may read the catalog only is told what that says.
            let found = (try? await deleted.all(in: subscription)) ?? []
            for instance in found where ids.contains(instance.id) {
                let command = await self.recovery(of: instance)
                notices.append(DeletedNotice(instance, command: command, at: self.clock.now))
            }
        }
        return notices
    }
}
