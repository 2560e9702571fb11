package import BackupDomain
package import FoundationEssentials

/// What the records of runs tell.
extension BackupListing {
    /// How many records are looked at for one that names a backup.
    private static let lookBack = 400

    /// Reads the instances' newest runs.
    ///
    /// - Parameters:
    ///   - instance: The instance's name; nil for all.
    ///   - now: The present instant.
    /// - Returns: The summaries, by the instance's key.
    /// - Throws: ``BackupDomain/BackupError``
    package func summaries(of instance: String?, at now: Date) async throws -> [InstanceSummary] {
        let records = self.records
        return try await self.keys(of: instance).map(width: Self.width) { try await records.summary(of: $0, at: now) }
            .compactMap(\.self).sorted { $0.instanceKey < $1.instanceKey }
    }

    /// Reads the runs that have no outcome yet.
    ///
    /// - Parameters:
    ///   - instance: The instance's name; nil for all.
    ///   - now: The present instant.
    /// - Returns: The records by the instance's key, of each instance the oldest first.
    /// - Throws: ``BackupDomain/BackupError``
    package func unfinishedRuns(of instance: String?, at now: Date) async throws -> [RunRecord] {
        try await self.records.unfinishedRuns(of: instance, at: now)
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
        var runs: [(run: RunID, key: InstanceKey)] = []
        for key in keys {
            runs += try await self.records.newestRuns(of: key, limit: limit).map { ($0, key) }
        }
        runs.sort { $0.run > $1.run }
        let records = self.records
        let wanted = runs.prefix(limit * max(1, instance == nil ? 1 : keys.count))
        return try await Array(wanted).map(width: Self.width) { try await records.records([$0.run], of: $0.key) }
            .flatMap(\.self)
    }

    /// Finds one record by its run's id, its backup's name, or an instance's name (its newest run).
    ///
    /// - Parameter reference: What a person typed.
    /// - Returns: The record.
    /// - Throws: ``BackupDomain/BackupError`` with code `notFound` and others.
    package func record(named reference: String) async throws -> RunRecord {
        let keys = try await self.records.instances()
        if let run = RunID(text: reference) {
            if let found = try await self.records.record(run) { return found }
        } else if let newest = try await self.records(of: reference, limit: 1).max(by: { $0.nominalAt < $1.nominalAt })
        {
            return newest
        } else {
            for key in keys where reference.lowercased().hasPrefix(key.instanceName) {
                let records = try await self.records(of: key.instanceName, limit: Self.lookBack)
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

    private func keys(of instance: String?) async throws -> [InstanceKey] {
        try await self.records.instances(named: instance)
    }
}
