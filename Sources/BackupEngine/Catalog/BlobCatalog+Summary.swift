package import BackupDomain
package import FoundationEssentials

extension BlobCatalog {
    /// How often a summary is tried again that somebody else has changed.
    private static let summaryAttempts = 5
    /// How many records are read at once.
    private static let width = 8

    /// Reads an instance's newest runs: from its summary, completed from the records that it lacks.
    ///
    /// Takes two or three calls, however long the history is; without a summary it takes one for each of the newest runs.
    ///
    /// - Parameters:
    ///   - instance: The instance's key.
    ///   - now: The present instant.
    /// - Returns: The summary; nil where the instance has no record.
    /// - Throws: ``BackupDomain/BackupError``
    package func summary(of instance: InstanceKey, at now: Date) async throws -> InstanceSummary? {
        let stored = try await self.storedSummary(of: instance)?.summary
        return try await self.complete(stored, of: instance, at: now)
    }

    package func summarize(_ record: RunRecord, at now: Date) async throws {
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
        var attempt = 1
        while true {
            let stored = try await self.storedSummary(of: instance)
            guard var summary = try await self.complete(stored?.summary, of: instance, at: now, knowing: run) else {
                return
            }
            change(&summary)
            if summary == stored?.summary { return }
            do {
                _ = try await self.storage.write(
                    RecordCoding.encode(summary),
                    to: CatalogPath.summary(of: instance),
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
        guard let (content, version) = try await self.storage.read(path, in: self.container, cap: RecordCoding.cap)
        else { return nil }
        let summary = try? RecordCoding.decode(InstanceSummary.self, content, path: path)
        return (summary?.instanceKey == instance ? summary : nil, version)
    }

    private func complete(
        _ stored: InstanceSummary?,
        of instance: InstanceKey,
        at now: Date,
        knowing run: RunID? = nil
    ) async throws -> InstanceSummary? {
        guard var summary = stored else {
            let ids = try await self.newestRuns(of: instance, limit: InstanceSummary.mostRuns)
            let records = try await self.records(ids, of: instance)
            guard let first = records.first else { return nil }
            return records.dropFirst().reduce(into: InstanceSummary(first)) { $0.note($1) }
        }
        let known = Set(summary.runs.filter { $0.state == .ended }.map(\.run) + [run].compactMap(\.self))
        let oldest = summary.runs.count < InstanceSummary.mostRuns ? nil : summary.runs.last?.run
        let missing = Set(
            try await self.recentRuns(since: summary.lastRecord, of: instance, at: now)
                .filter { id in oldest.map { $0 < id } ?? true } + summary.unfinished.map(\.run)
        ).subtracting(known)
        for record in try await self.records(missing.sorted(by: >), of: instance) { summary.note(record) }
        return summary
    }

    /// Lists the runs that a summary may lack: those of its newest run's month and of all later ones.
    private func recentRuns(since last: RunID, of instance: InstanceKey, at now: Date) async throws -> [RunID] {
        let (day, week) = (86_400.0, 7 * 86_400.0)
        // A run of one month may be written up in the next one, after another that is newer.
        let first = min(last.nominalAt, now) - 3 * day
        let end = max(last.nominalAt, now)
        guard end.timeIntervalSince(first) < 70 * day else {
            return try await self.newestRuns(of: instance, limit: InstanceSummary.mostRuns)
        }
        let dates = stride(from: 0, through: end.timeIntervalSince(first), by: week).map { first + $0 } + [end]
        return try await self.runs(inMonthsOf: dates, of: instance)
    }

    /// Reads records, some at a time.
    ///
    /// - Parameters:
    ///   - ids: The runs' ids.
    ///   - instance: The instance's key.
    /// - Returns: The records that are there and whole, newest first.
    /// - Throws: ``BackupDomain/BackupError``
    func records(_ ids: [RunID], of instance: InstanceKey) async throws -> [RunRecord] {
        let records = try await ids.map(width: Self.width) { id -> RunRecord? in
            do {
                return try await self.record(id, of: instance)?.record
            } catch let error as BackupError where error.code == .recordUnreadable {
                // One damaged record must not hide all the others.
                self.tell(error)
                return nil
            }
        }
        return records.compactMap(\.self).sorted { $0.run > $1.run }
    }
}
