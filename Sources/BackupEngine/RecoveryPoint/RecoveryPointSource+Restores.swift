import BackupDomain
import FoundationEssentials

extension RecoveryPointSource {
    /// How many records of restores are read at once.
    private static let readAtOnce = 8

    /// Reads the restores that are open, into whatever instance: those of them that have their records in this catalog.
    ///
    /// Takes one listing of all restores and a read of each record that changed within the last day; the rest counts no more,
    /// see ``BackupDomain/OpenRestore/countsFor``.
    ///
    /// - Parameter now: The present instant, for where the blob service does not tell its own.
    /// - Returns: The restores.
    /// - Throws: ``BackupDomain/BackupError`` with code `recordTooNew` or `recordUnreadable` where one may be open and nobody
    ///   can tell which backup it reads.
    func openRestores(at now: Date) async throws -> [OpenRestore] {
        let catalog = BlobCatalog(
            storage: self.catalog.storage,
            container: self.catalog.container,
            kind: .restore
        )
        let paths = try await catalog.pages(CatalogPath.runs(.restore), delimiter: nil) { page in
            let bound = (page.date ?? now) - OpenRestore.countsFor
            // Where the service does not say when a record changed, it may have been a moment ago.
            return page.blobs.filter { $0.modifiedAt.map { $0 > bound } ?? true }.map(\.name)
        }
        return try await paths.map(width: Self.readAtOnce) { path in
            try await Self.openRestore(at: path, in: catalog)
        }.compactMap(\.self)
    }

    private static func openRestore(at path: String, in catalog: BlobCatalog) async throws -> OpenRestore? {
        guard let (run, instance) = CatalogPath.recorded(path) else { return nil }
        do {
            return try await catalog.unfinishedRecord(run, of: instance).flatMap { OpenRestore($0.record) }
        } catch let error as BackupError where error.code == .recordTooNew {
            // Of one of a newer version it is known whether it has ended.
            guard let refused = try await catalog.refused(run, of: instance), !refused.isEnded else { return nil }
            throw refused.error(of: instance.instanceName)
        } catch let error as BackupError where error.code == .recordUnreadable {
            throw BackupError(
                .recordUnreadable,
                "\(error.message) Which backup that restore into \(instance.instanceName) reads, if it goes on, is not known, "
                    + "so that nothing is deleted.",
                remedy: "A day after it was changed last it no longer counts; or move it out of the catalog."
            )
        }
    }
}
