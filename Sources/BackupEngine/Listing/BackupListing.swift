package import BackupDomain

/// Reads what backups and runs there are from the two containers.
package struct BackupListing: Sendable {
    /// How many records are read at once.
    private static let width = 16
    /// The most blobs that are listed.
    private static let mostBlobs = 100_000

    private let blobs: any BlobStorage
    private let catalog: any Catalog
    private let container: String

    /// Creates a listing.
    ///
    /// - Parameters:
    ///   - blobs: The account's blob service.
    ///   - catalog: The records.
    ///   - container: The container of backups.
    package init(blobs: any BlobStorage, catalog: any Catalog, container: String) {
        self.blobs = blobs
        self.catalog = catalog
        self.container = container
    }

    /// Lists the newest backups and runs.
    ///
    /// - Parameters:
    ///   - instance: The instance's name; nil for all.
    ///   - limit: The most lines to return.
    /// - Returns: The lines, newest first.
    /// - Throws: ``BackupDomain/BackupError``
    package func newest(of instance: String?, limit: Int) async throws -> [ListedBackup] {
        let blobs = try await self.allBlobs()
        let records = try await self.records(of: instance, limit: limit)
        return Array(ListedBackup.merge(records: records, blobs: blobs, instance: instance).prefix(limit))
    }

    /// Reads an instance's newest records.
    ///
    /// - Parameters:
    ///   - instance: The instance's name; nil for all.
    ///   - limit: The most records for each instance.
    /// - Returns: The records, in any order.
    /// - Throws: ``BackupDomain/BackupError``
    package func records(of instance: String?, limit: Int) async throws -> [RunRecord] {
        let keys = try await self.catalog.instances().filter { key in
            instance.map { key.instanceName == $0.lowercased() } ?? true
        }
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

    private func allBlobs() async throws -> [BlobProperties] {
        var blobs: [BlobProperties] = []
        var marker: String?
        repeat {
            let page = try await self.blobs.list(self.container, prefix: "", delimiter: nil, marker: marker)
            blobs += page.blobs
            marker = page.nextMarker
        } while marker != nil && blobs.count < Self.mostBlobs
        return blobs
    }

    private func read(_ runs: ArraySlice<(RunID, InstanceKey)>) async throws -> [RunRecord] {
        var remaining = runs
        var records: [RunRecord] = []
        try await withThrowingTaskGroup(of: RunRecord?.self) { group in
            func startNext() {
                guard let (run, key) = remaining.popFirst() else { return }
                group.addTask { try await self.catalog.record(run, of: key)?.record }
            }
            for _ in 0..<Self.width { startNext() }
            while let record = try await group.next() {
                if let record { records.append(record) }
                startNext()
            }
        }
        return records
    }
}
