package import BackupDomain
package import FoundationEssentials

/// Reads what backups and runs there are from the two containers.
package struct BackupListing: Sendable {
    /// How many records, summaries or blobs are looked at at once.
    private static let width = 16
    /// How many pages of the container of backups are read, 5,000 blobs each: the rest is looked at one by one where it
    /// is to be shown.
    private static let mostPages = 2

    private let blobs: any BlobStorage
    private let catalog: BlobCatalog
    private let container: String

    /// What a listing found.
    package struct Found: Sendable {
        /// The lines, newest first.
        package var backups: [ListedBackup]
        /// Whether backups without a record were looked for among all blobs; else only among the first 10,000.
        package var isWhole: Bool
    }

    /// Creates a listing.
    ///
    /// - Parameters:
    ///   - blobs: The account's blob service.
    ///   - catalog: The records.
    ///   - container: The container of backups.
    package init(blobs: any BlobStorage, catalog: BlobCatalog, container: String) {
        self.blobs = blobs
        self.catalog = catalog
        self.container = container
    }

    /// Lists the newest backups and runs.
    ///
    /// Up to ``BackupDomain/InstanceSummary/mostRuns`` lines are read from the instances' summaries: what that takes does
    /// not grow with the history.
    ///
    /// - Parameters:
    ///   - instance: The instance's name; nil for all.
    ///   - limit: The most lines to return.
    ///   - now: The present instant.
    /// - Returns: The lines.
    /// - Throws: ``BackupDomain/BackupError``
    package func newest(of instance: String?, limit: Int, at now: Date) async throws -> Found {
        let runs =
            limit <= InstanceSummary.mostRuns
            ? try await self.summaries(of: instance, at: now).flatMap(\.runs)
            : try await self.records(of: instance, limit: limit).map(SummarizedRun.init)
        let (blobs, isWhole) = try await self.firstBlobs()
        func merged(_ blobs: [BlobProperties]) -> [ListedBackup] {
            Array(ListedBackup.merge(runs: runs, blobs: blobs, instance: instance).prefix(limit))
        }
        let backups = merged(blobs)
        guard !isWhole else { return Found(backups: backups, isWhole: true) }
        let unseen = backups.filter { $0.run != nil && $0.bytes == nil }.compactMap(\.backupName)
        return Found(backups: merged(blobs + (try await self.look(at: unseen))), isWhole: false)
    }

    /// Reads the instances' newest runs.
    ///
    /// - Parameters:
    ///   - instance: The instance's name; nil for all.
    ///   - now: The present instant.
    /// - Returns: The summaries, by the instance's key.
    /// - Throws: ``BackupDomain/BackupError``
    package func summaries(of instance: String?, at now: Date) async throws -> [InstanceSummary] {
        let keys = try await self.keys(of: instance)
        let catalog = self.catalog
        return try await keys.map(width: Self.width) { try await catalog.summary(of: $0, at: now) }
            .compactMap(\.self).sorted { $0.instanceKey < $1.instanceKey }
    }

    private func keys(of instance: String?) async throws -> [InstanceKey] {
        try await self.catalog.instances().filter { key in
            instance.map { key.instanceName == $0.lowercased() } ?? true
        }
    }

    /// Reads an instance's newest records.
    ///
    /// - Parameters:
    ///   - instance: The instance's name; nil for all.
    ///   - limit: The most records for each instance.
    /// - Returns: The records, in any order.
    /// - Throws: ``BackupDomain/BackupError``
    package func records(of instance: String?, limit: Int) async throws -> [RunRecord] {
        let keys = try await self.keys(of: instance)
        var runs: [(RunID, InstanceKey)] = []
        for key in keys {
            runs += try await self.catalog.newestRuns(of: key, limit: limit).map { ($0, key) }
        }
        runs.sort { $0.0 > $1.0 }
        return try await self.read(runs.prefix(limit * max(1, instance == nil ? 1 : keys.count)))
    }

    /// Finds one record by its run's id, its backup's name, or an instance's name (its newest run).
    ///
    /// - Parameter reference: What a person typed.
    /// - Returns: The record.
    /// - Throws: ``BackupDomain/BackupError`` with code `notFound` and others.
    package func record(named reference: String) async throws -> RunRecord {
        let keys = try await self.catalog.instances()
        if let run = RunID(text: reference) {
            for key in keys {
                if let found = try await self.catalog.record(run, of: key) { return found.record }
            }
        } else if let newest = try await self.records(of: reference, limit: 1).max(by: { $0.nominalAt < $1.nominalAt })
        {
            return newest
        } else {
            for key in keys where reference.lowercased().hasPrefix(key.instanceName) {
                let records = try await self.records(of: key.instanceName, limit: 400)
                if let found = records.first(where: { $0.attempts.contains { $0.backupName == reference } }) {
                    return found
                }
            }
        }
        throw BackupError(
            .notFound,
            "There is no run '\(reference)' in the catalog.",
            remedy: "Name a run's id, a backup, or an instance (its newest run); 'apim-backup list' shows them."
        )
    }

    /// Lists the first blobs of the container.
    ///
    /// - Returns: The blobs, and whether they are all.
    private func firstBlobs() async throws -> (blobs: [BlobProperties], isWhole: Bool) {
        var blobs: [BlobProperties] = []
        var marker: String?
        for _ in 0..<Self.mostPages {
            let page: BlobPage
            do {
                page = try await self.blobs.list(self.container, prefix: "", delimiter: nil, marker: marker)
            } catch let error as BackupError where error.code == .notFound {
                // A container that is not there holds nothing; the records are worth showing all the same.
                return ([], true)
            }
            blobs += page.blobs
            marker = page.nextMarker
            if marker == nil { return (blobs, true) }
        }
        return (blobs, false)
    }

    private func look(at names: [String]) async throws -> [BlobProperties] {
        let (blobs, container) = (self.blobs, self.container)
        let seen = try await names.map(width: Self.width) { try await blobs.properties(of: $0, in: container) }
        return seen.compactMap { if case .present(let blob) = $0 { blob } else { nil } }
    }

    private func read(_ runs: ArraySlice<(RunID, InstanceKey)>) async throws -> [RunRecord] {
        let catalog = self.catalog
        return try await Array(runs).map(width: Self.width) { run, key in
            try await catalog.records([run], of: key).first
        }.compactMap(\.self)
    }
}
