import BackupDomain
import FoundationEssentials

extension RestoreSource {
    /// Sees, before the POST, that no `prune` is about to delete the backup.
    ///
    /// `prune` looks for open restores once its intent to delete is written, and this look comes once the restore's record is
    /// written: one of the two sees the other, in whichever order they work. What became of the blob is to be looked at after
    /// this: a deletion that is written up by now has taken effect.
    ///
    /// - Parameters:
    ///   - restore: The restore as its record has it.
    ///   - now: The present instant.
    /// - Throws: ``BackupDomain/BackupError`` with code `conflict` where the backup is being deleted, and others where that
    ///   cannot be read.
    func requireKept(for restore: RecordedRestore, at now: Date) async throws {
        // What no record of ours names is never deleted.
        guard restore.run != nil, let source = restore.source else { return }
        let path = CatalogPath.prunes(of: InstanceKey(source.id), restore.backup.name, in: restore.backup.container)
        let intent = try await self.documents.read(BackupDeletions.self, at: path)?.document.openIntent
        guard let intent, now.timeIntervalSince(intent) < BackupDeletions.openFor else { return }
        throw BackupError(
            .conflict,
            "The backup '\(restore.backup.name)' is being deleted by prune, which wrote that down at "
                + "\(intent.wholeSeconds.iso8601); nothing was restored.",
            remedy:
                "'apim-backup verify \(source.name)' tells whether it is still there. Where it is, restore it once prune "
                + "has said what came of it, or an hour after that time."
        )
    }
}
