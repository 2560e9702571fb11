package import BackupDomain
package import FoundationEssentials

/// What the records of runs tell.
extension BackupListing {
    /// Reads the instances' newest runs.
    ///
    /// - Parameters:
    ///   - instance: The instance's name; nil for all.
    ///   - now: The present instant.
    /// - Returns: What the records of each tell, by the instance's key.
    /// - Throws: ``BackupDomain/BackupError``
    package func runs(of instance: String?, at now: Date) async throws -> [RecordedRuns] {
        let records = self.records
        return try await self.keys(of: instance).map(width: Self.width) { try await records.runs(of: $0, at: now) }
            .sorted { $0.instanceKey < $1.instanceKey }
    }

    /// Reads the runs that have no outcome yet.
    ///
    /// - Parameters:
    ///   - instance: The instance's name; nil for all.
    ///   - now: The present instant.
    /// - Returns: The records, by the instance's key, of each instance the oldest first.
    /// - Throws: ``BackupDomain/BackupError``
    package func unfinishedRuns(
        of instance: String?,
        at now: Date
    ) async throws -> [(instance: InstanceKey, runs: ReadRecords)] {
        try await self.records.unfinishedRuns(of: instance, at: now)
    }

    /// Reads an instance's newest records.
    ///
    /// - Parameters:
    ///   - instance: The instance's name; nil for all.
    ///   - limit: The most records for each instance.
    /// - Returns: The records that this program can read, in any order.
    /// - Throws: ``BackupDomain/BackupError``
    package func records(of instance: String?, limit: Int) async throws -> [RunRecord] {
        try await self.newestRecords(of: instance, limit: limit).flatMap(\.runs.records)
    }

    /// Reads an instance's newest records, each with the key of its instance.
    func newestRecords(
        of instance: String?,
        limit: Int
    ) async throws -> [(instance: InstanceKey, runs: ReadRecords)] {
        let keys = try await self.keys(of: instance)
        var runs: [(run: RunID, key: InstanceKey)] = []
        for key in keys {
            runs += try await self.records.newestRuns(of: key, limit: limit).map { ($0, key) }
        }
        runs.sort { $0.run > $1.run }
        let records = self.records
        let wanted = runs.prefix(limit * max(1, instance == nil ? 1 : keys.count))
        return try await Array(wanted).map(width: Self.width) { wanted in
            (wanted.key, try await records.records([wanted.run], of: wanted.key))
        }
    }

    /// Finds one record by its run's id, its backup's name, or an instance's name (its newest run).
    ///
    /// - Parameter reference: What a person typed.
    /// - Returns: The record.
    /// - Throws: ``BackupDomain/BackupError`` with code `notFound`, `recordTooNew` where only a newer release can honour what
    ///   was meant, and others.
    package func record(named reference: String) async throws -> RunRecord {
        if let run = RunID(text: reference) {
            if let found = try await self.records.record(run) { return found }
        } else if let newest = try await self.newestRecord(of: reference) {
            return newest
        } else {
            let naming = try await self.naming(reference)
            if let found = naming.record { return found }
            // What a record tells that nobody here can read is not for others to have made.
            if let refusal = naming.refusal { throw refusal }
        }
        throw BackupError(
            .notFound,
            "There is no run '\(reference)' in the catalog.",
            remedy: "Name a run's id, a backup, or an instance (its newest run); 'apim-backup list' shows them."
        )
    }

    /// Reads the newest record that describes an instance, whatever came of its run.
    ///
    /// - Parameter reference: The instance's name, its key, or its resource id.
    /// - Returns: The record.
    /// - Throws: ``BackupDomain/BackupError`` with code `notFound` where there is none, `instanceAmbiguous` where several instances
    ///   have that name.
    package func newestRecord(describing reference: String) async throws -> RunRecord {
        let keys = BackupContainer.keys(try await self.records.instances(), named: reference)
        guard keys.count <= 1 else {
            throw BackupError(
                .instanceAmbiguous,
                "\(keys.count) instances named '\(reference)' have records: \(keys.map(\.text).joined(separator: ", ")).",
                remedy: "Name one by its key or by its full resource id."
            )
        }
        guard let key = keys.first,
            let run = try await self.records.newestRuns(of: key, limit: 1).first,
            let record = try await self.records.record(run, of: key)
        else {
            throw BackupError(
                .notFound,
                "No run of '\(reference)' is recorded: there is nothing to tell what the instance was like.",
                remedy: "'apim-backup status' names the instances that have records."
            )
        }
        return record
    }

    /// Reads the newest record of an instance, never an older one in its place.
    private func newestRecord(of instance: String) async throws -> RunRecord? {
        let read = try await self.newestRecords(of: instance, limit: 1)
        let newest = read.flatMap(\.runs.records).max { $0.nominalAt < $1.nominalAt }
        let refused = read.flatMap { key, runs in runs.refused.map { (instance: key, record: $0) } }
            .max { $0.record.run < $1.record.run }
        guard let refused, newest.map({ $0.run < refused.record.run }) ?? true else { return newest }
        throw refused.record.error(of: refused.instance.instanceName)
    }

    private func keys(of instance: String?) async throws -> [InstanceKey] {
        try await self.records.instances(named: instance)
    }
}
