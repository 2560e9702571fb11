import BackupDomain
import BackupEngine
import Foundation
import TestSupport

extension NightsFixture {
    /// The records of restores.
    var restores: BlobCatalog {
        BlobCatalog(storage: self.blobs, container: Self.catalogContainer, kind: .restore)
    }

    /// Files the record of a restore of a backup into another instance, as it is after so many steps.
    @discardableResult
    func restore(_ name: String, _ state: RunState = .accepted) async throws -> RunID {
        let target = RestoreFixture.instance(RestoreFixture.target)
        let now = self.clock.now.wholeSeconds
        var record = try RunFixture.record()
        record.run = RunID(instance: target.id, nominalAt: now, kind: .restore)
        record.instance = RecordedInstance(target)
        record.nominalAt = now
        record.state = state
        record.outcome = state == .ended ? .verified : nil
        record.restore = self.recordedRestore(of: name)
        _ = try await self.restores.create(record)
        return record.run
    }

    /// What the record of a restore of a backup says of it.
    func recordedRestore(of name: String, _ run: RunID? = nil, from source: Instance? = nil) -> RecordedRestore {
        RecordedRestore(
            backup: RecordedBackup(
                account: "contosobackups",
                container: Self.container,
                name: name,
                properties: nil,
                restorableFrom: self.clock.now
            ),
            run: run,
            source: source.map { RecordedInstance($0) },
            confirmation: RecordedRestore.Confirmation(
                name: "contoso-standby",
                at: self.clock.now,
                by: RecordedPrincipal(credential: "azure-cli")
            )
        )
    }

    /// Writes down that a prune is about to delete a backup, or what came of it.
    func intend(_ name: String, _ state: BackupDeletions.State = .intended) async throws {
        var entry = BackupDeletions.Entry(
            etag: ETag("\"0x1\""),
            bytes: 1000,
            reasons: [],
            at: self.clock.now,
            by: RecordedPrincipal(credential: "test")
        )
        entry.state = state
        let written = entry
        try await self.source.documents.change(
            at: CatalogPath.prunes(of: self.key, name, in: Self.container),
            from: BackupDeletions(container: Self.container, name: name, run: nil)
        ) { $0.entries.append(written) }
    }
}
