import AzureClient
import BackupDomain
import BackupEngine
import Settings

/// What a look at the target shows once a restore has ended: by its record alone, so that it is the same whoever followed it to its end.
struct RestoreAftermath: Sendable {
    let connection: AzureConnection
    /// The containers that the restore is recorded in.
    let opened: OpenedStorage

    /// Looks.
    ///
    /// - Parameter report: The restore's report.
    /// - Returns: How it ended, with the checks and what is left for a person; without them where nothing was restored.
    func end(_ report: RunReport) async -> RestoreEnd {
        var end = RestoreEnd(report: report)
        guard report.ending == .ended, [.verified, .unverified, .unknown].contains(report.outcome) else { return end }
        let record = report.record
        // What Azure said of the restore stands, whether or not the target can be read once more.
        guard let after = try? await self.connection.plane.instance(record.instance.id).instance else { return end }
        end.checks = RestoreCheck.all(before: record, after: after)
        end.leftovers = RestoreLeftovers(source: await self.source(of: record), target: after).all
        return end
    }

    /// The resource of the source as it was recorded with the backup; nil where no record of ours can be read.
    private func source(of record: RunRecord) async -> JSONValue? {
        guard let restore = record.restore, let run = restore.run, let source = restore.source else { return nil }
        let key = InstanceKey(source.id)
        if let found = try? await self.opened.catalog.record(run, of: key) { return found.record.service }
        // Its backups may be in another account.
        let settings = self.connection.settings.backup(of: key)
        guard let other = try? await self.connection.open(settings, subscription: source.id.subscription) else {
            return nil
        }
        return (try? await other.catalog.record(run, of: key))?.record.service
    }
}
