package import BackupDomain
package import FoundationEssentials

extension BlobCatalog {
    /// How often a summary is tried again that somebody else has changed.
    private static let summaryAttempts = 5
    /// How many records are read at once.
    private static let width = 8
    /// How many of the newest restores are looked through for one that is open: each ends what an earlier one left, so that
    /// no older one can be.
    private static let newestRestores = 32
    /// How much older than the newest run one may be that nobody has taken into the summary yet.
    private static let lateness: TimeInterval = 8 * 86_400

    /// Reads an instance's newest runs: from its summary, completed from the records that it lacks.
    ///
    /// Takes two or three calls, however long the history is; without a summary it takes one for each of the newest runs.
    ///
    /// - Parameters:
    ///   - instance: The instance's key.
    ///   - now: The present instant.
    /// - Returns: The summary, and the records that only a newer release can honour.
    /// - Throws: ``BackupDomain/BackupError``
    package func runs(of instance: InstanceKey, at now: Date) async throws -> RecordedRuns {
        let stored = try await self.storedSummary(of: instance)?.summary
        let known = try await self.complete(stored, of: instance, isWhole: false, at: now)
        return RecordedRuns(instance, known.summary, refused: known.refused)
    }

    /// Reads an instance's newest runs, those of them that this program can read.
    ///
    /// - Parameters:
    ///   - instance: The instance's key.
    ///   - now: The present instant.
    /// - Returns: The summary; nil where the instance has no record that can be read.
    /// - Throws: ``BackupDomain/BackupError``
    package func summary(of instance: InstanceKey, at now: Date) async throws -> InstanceSummary? {
        try await self.runs(of: instance, at: now).summary
    }

    package func unfinishedRuns(of instance: InstanceKey, at now: Date) async throws -> [RunID] {
        guard self.kind == .backup else { return try await self.unfinishedAmongNewest(of: instance) }
        let stored = try await self.storedSummary(of: instance)?.summary
        let known = try await self.complete(stored, of: instance, isWhole: true, at: now)
        let open = (known.summary?.unfinished.map(\.run) ?? []) + known.refused.filter { !$0.isEnded }.map(\.run)
        return (open + known.damaged).sorted(by: >)
    }

    package func summarize(_ record: RunRecord, at now: Date) async throws {
        // A summary tells of backups; restores are rare enough to be read as they are.
        guard self.kind == .backup else { return }
        try await self.changeSummary(of: record.instanceKey, at: now, knowing: record.run) { $0.note(record) }
    }

    /// Changes an instance's summary, if it has one or has records to make one of.
    ///
    /// - Parameters:
    ///   - instance: The instance's key.
    ///   - now: The present instant.
    ///   - run: The run whose record `change` brings, so that it is not read; nil for none.
    ///   - change: What to change; called again where somebody else was first.
    /// - Throws: ``BackupDomain/BackupError`` with code `conflict` where somebody else was first again and again.
    package func changeSummary(
        of instance: InstanceKey,
        at now: Date,
        knowing run: RunID? = nil,
        _ change: (inout InstanceSummary) -> Void
    ) async throws {
        let path = CatalogPath.summary(of: instance)
        var attempt = 1
        while true {
            let stored = try await self.storedSummary(of: instance)
            let known = try await self.complete(stored?.summary, of: instance, isWhole: true, at: now, knowing: run)
            guard var summary = known.summary else { return }
            change(&summary)
            if summary == stored?.summary { return }
            do {
                _ = try await self.storage.write(
                    RecordCoding.encode(summary, path: path),
                    to: path,
                    in: self.container,
                    condition: stored.map { .matches($0.version) } ?? .absent,
                    contentType: "application/json"
                )
                return
            } catch let error as BackupError where error.code == .conflict && attempt < Self.summaryAttempts {
                attempt += 1
            }
        }
    }

    /// Reads the summary as it is stored; one that cannot be read counts as empty, since the records win.
    private func storedSummary(
        of instance: InstanceKey
    ) async throws -> (summary: InstanceSummary?, version: ETag)? {
        let path = CatalogPath.summary(of: instance)
        do {
            guard let (content, version) = try await self.read(path) else { return nil }
            let summary = try? RecordCoding.decode(InstanceSummary.self, content, path: path)
            return (summary?.instanceKey == instance ? summary : nil, version)
        } catch let error as BackupError where error.code == .recordUnreadable {
            guard case .present(let blob) = try await self.storage.properties(of: path, in: self.container) else {
                return nil
            }
            return (nil, blob.etag)
        }
    }

    /// What the records make of a summary, the records of a newer version, and the runs whose records are damaged.
    private typealias Completed = (summary: InstanceSummary?, refused: [RefusedRecord], damaged: [RunID])

    /// Adds to a summary what it has not seen yet; makes it of the records where there is none.
    ///
    /// One that is missing is made of all records where `isWhole`, so that a run without an outcome is found however old
    /// it is; otherwise of the newest ones only.
    private func complete(
        _ stored: InstanceSummary?,
        of instance: InstanceKey,
        isWhole: Bool,
        at now: Date,
        knowing run: RunID? = nil
    ) async throws -> Completed {
        guard var summary = stored else { return try await self.anew(instance, isWhole: isWhole) }
        let known = Set(summary.runs.filter { $0.state == .ended }.map(\.run) + [run].compactMap(\.self))
        let oldest = summary.oldestRun
        let missing = Set(
            try await self.recentRuns(since: summary.lastRecord, of: instance, at: now)
                .filter { id in oldest.map { $0 < id } ?? true } + summary.unfinished.map(\.run)
                + (summary.refused ?? []).map(\.run)
        ).subtracting(known)
        let found = try await self.found(missing.sorted(by: >), of: instance)
        for record in found.records { summary.note(record) }
        summary.refuse(found.refused)
        return (summary, found.refused, found.damaged)
    }

    private func anew(_ instance: InstanceKey, isWhole: Bool) async throws -> Completed {
        let ids = try await self.newestRuns(of: instance, limit: isWhole ? .max : InstanceSummary.mostRuns)
        let newest = try await self.found(Array(ids.prefix(InstanceSummary.mostRuns)), of: instance)
        let older = try await self.found(Array(ids.dropFirst(InstanceSummary.mostRuns)), of: instance) { id in
            // Of ten years of records only those that are open are kept in memory.
            try await self.unfinishedRecord(id, of: instance)?.record
        }
        let refused = newest.refused + older.refused.filter { !$0.isEnded }
        let damaged = newest.damaged + older.damaged
        let records = newest.records + older.records
        guard let first = records.first else { return (nil, refused, damaged) }
        var summary = records.dropFirst().reduce(into: InstanceSummary(first)) { $0.note($1) }
        summary.refuse(refused)
        return (summary, refused, damaged)
    }

    /// Lists the runs that a summary may lack: those of its newest run's month and of all later ones.
    private func recentRuns(since last: RunID, of instance: InstanceKey, at now: Date) async throws -> [RunID] {
        let (day, week) = (86_400.0, 7 * 86_400.0)
        // A run of one month may be written up in the next one, after another that is newer: when it is caught up on.
        let first = min(last.nominalAt, now) - Self.lateness
        let end = max(last.nominalAt, now)
        guard end.timeIntervalSince(first) < 70 * day else {
            return try await self.newestRuns(of: instance, limit: InstanceSummary.mostRuns)
        }
        let dates = stride(from: 0, through: end.timeIntervalSince(first), by: week).map { first + $0 } + [end]
        return try await self.runs(inMonthsOf: dates, of: instance)
    }

    private func unfinishedAmongNewest(of instance: InstanceKey) async throws -> [RunID] {
        let newest = try await self.newestRuns(of: instance, limit: Self.newestRestores)
        let found = try await self.found(newest, of: instance) { run in
            try await self.unfinishedRecord(run, of: instance)?.record
        }
        let refused = found.refused.filter { !$0.isEnded }.map(\.run)
        return (found.records.map(\.run) + refused + found.damaged).sorted(by: >)
    }

    private func found(_ ids: [RunID], of instance: InstanceKey) async throws -> ReadRecords {
        try await self.found(ids, of: instance) { try await self.record($0, of: instance)?.record }
    }

    private func found(
        _ ids: [RunID],
        of instance: InstanceKey,
        _ read: @escaping @Sendable (RunID) async throws -> RunRecord?
    ) async throws -> ReadRecords {
        try await ReadRecords.reading(
            ids,
            width: Self.width,
            read,
            refused: { try await self.refused($0, of: instance) },
            tell: self.tell
        )
    }
}
