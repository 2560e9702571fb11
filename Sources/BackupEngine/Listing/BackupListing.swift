package import BackupDomain
package import FoundationEssentials

/// Reads what backups and runs there are from the two containers.
package struct BackupListing: Sendable {
    /// How many records, summaries or blobs are looked at at once.
    static let width = 16
    /// How many pages of the container of backups are read, 5,000 blobs each: the rest is looked at one by one where it
    /// is to be shown.
    private static let mostPages = 2

    let blobs: any BlobStorage
    let records: RunRecords
    private let container: String
    private let candidates: InstanceCandidates

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
    ///   - records: The records.
    ///   - container: The container of backups.
    ///   - candidates: Instances that may own backups although no record names them.
    package init(
        blobs: any BlobStorage,
        records: RunRecords,
        container: String,
        candidates: InstanceCandidates = .none
    ) {
        self.blobs = blobs
        self.records = records
        self.container = container
        self.candidates = candidates
    }

    /// Creates a listing of what the two containers tell.
    ///
    /// - Parameters:
    ///   - blobs: The account's blob service.
    ///   - catalog: The records.
    ///   - container: The container of backups.
    package init(blobs: any BlobStorage, catalog: BlobCatalog, container: String) {
        self.init(blobs: blobs, records: RunRecords(catalog), container: container)
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
    ///   - isNamed: Whether only lines that name a backup are wanted.
    /// - Returns: The lines.
    /// - Throws: ``BackupDomain/BackupError``
    package func newest(
        of instance: String?,
        limit: Int,
        at now: Date,
        isNamed: Bool = false
    ) async throws -> Found {
        let keys = try await self.records.instances()
        var (runs, refused) = try await self.newestRuns(of: instance, limit: limit, at: now)
        // Whoever may not read the catalog may not read the backups either; what this machine recorded is shown as it is.
        guard !self.records.isClosed else {
            let lines = ListedBackup.merge(
                runs: runs.values.flatMap(\.self),
                refused: refused,
                blobs: nil,
                instance: instance
            )
            return Found(backups: Self.first(limit, of: lines, isNamed), isWhole: true)
        }
        var (blobs, isWhole) = try await self.firstBlobs()
        if !isWhole {
            let newest = runs.values.flatMap(\.self).sorted { $0.run > $1.run }.prefix(limit)
            let seen = Set(blobs.map(\.name))
            blobs += try await self.look(at: newest.compactMap(\.backupName).filter { !seen.contains($0) })
        }
        runs = try await self.explained(runs, blobs)
        let lines = ListedBackup.merge(
            runs: runs.values.flatMap(\.self),
            refused: refused,
            blobs: blobs,
            instance: instance,
            known: try await self.names(keys, instance, runs, blobs)
        )
        return Found(backups: Self.first(limit, of: lines, isNamed), isWhole: isWhole)
    }

    private static func first(_ limit: Int, of lines: [ListedBackup], _ isNamed: Bool) -> [ListedBackup] {
        Array(lines.filter { !isNamed || $0.backupName != nil }.prefix(limit))
    }

    private typealias Newest = (runs: [InstanceKey: [SummarizedRun]], refused: [InstanceKey: [RefusedRecord]])

    private func newestRuns(of instance: String?, limit: Int, at now: Date) async throws -> Newest {
        var newest: Newest = ([:], [:])
        if limit <= InstanceSummary.mostRuns {
            for known in try await self.runs(of: instance, at: now) {
                newest.runs[known.instanceKey] = known.summary?.runs
                newest.refused[known.instanceKey] = known.refused
            }
        } else {
            for (key, read) in try await self.newestRecords(of: instance, limit: limit) {
                newest.runs[key, default: []] += read.records.map { SummarizedRun($0) }
                newest.refused[key, default: []] += read.refused
            }
        }
        return newest
    }

    /// The names of the instances that blobs without a record may belong to, in lower case.
    private func names(
        _ keys: [InstanceKey],
        _ wanted: String?,
        _ runs: [InstanceKey: [SummarizedRun]],
        _ blobs: [BlobProperties]
    ) async throws -> Set<String> {
        let known = Set(keys.map(\.instanceName) + [wanted?.lowercased()].compactMap(\.self))
        let named = Set(runs.values.flatMap { $0.flatMap(\.names) })
        let others = try await self.candidates.needed(
            for: blobs.map(\.name).filter { !named.contains($0) },
            knowing: known,
            isSought: false
        )
        return known.union(others.ids.map { $0.name.lowercased() })
    }

    /// Tells the backups that `prune` deleted from those that are missing: the summary may not know of it.
    private func explained(
        _ runs: [InstanceKey: [SummarizedRun]],
        _ blobs: [BlobProperties]
    ) async throws -> [InstanceKey: [SummarizedRun]] {
        let there = Set(blobs.map(\.name))
        var runs = runs
        for (key, found) in runs {
            let missing = found.filter { run in
                [.verified, .unverified].contains(run.outcome) && run.standing != .pruned
                    && !there.contains(run.backupName ?? "")
            }
            guard !missing.isEmpty else { continue }
            let names = Set(missing.compactMap(\.backupName).map { CatalogPath.digest($0, in: self.container) })
            let deletions = try await self.records.catalog.documents.all(
                BackupDeletions.self,
                below: CatalogPath.prunes(of: key),
                only: names
            )
            let pruned = Set(deletions.values.filter { $0.explanation != nil }.map(\.name))
            runs[key] = found.map { run in
                var run = run
                if run.backupName.map(pruned.contains) ?? false, !there.contains(run.backupName ?? "") {
                    run.standing = .pruned
                }
                return run
            }
        }
        return runs
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
}
