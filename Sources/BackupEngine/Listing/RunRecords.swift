package import BackupDomain
package import FoundationEssentials
import Synchronization

/// Where the records of runs are: the catalog container, and a folder of this machine with those that it did not take.
///
/// Where both have a record of one run, the catalog's counts, unless it has no end and the other has. A catalog that is
/// closed to the caller is passed over as long as this machine has records at all.
package final class RunRecords: Sendable {
    /// The records in the catalog container.
    package let catalog: BlobCatalog
    private let local: (any Catalog)?
    private let account: String?
    private let tell: @Sendable (BackupError) -> Void
    private let refusal = Mutex<BackupError?>(nil)

    /// Reads the catalog container only.
    ///
    /// - Parameter catalog: The records there.
    package init(_ catalog: BlobCatalog) {
        self.catalog = catalog
        self.local = nil
        self.account = nil
        self.tell = { _ in }
    }

    /// Reads the catalog container and a folder.
    ///
    /// - Parameters:
    ///   - catalog: The records in the container.
    ///   - local: The records on this machine.
    ///   - account: The storage account whose runs count.
    ///   - tell: Told once that the catalog is closed, and that only the records of this machine are read.
    package init(
        _ catalog: BlobCatalog,
        local: any Catalog,
        of account: String,
        tell: @escaping @Sendable (BackupError) -> Void
    ) {
        self.catalog = catalog
        self.local = local
        self.account = account
        self.tell = tell
    }

    /// Whether the catalog turned out to be closed, so that the records are those of this machine.
    package var isClosed: Bool { self.refusal.withLock { $0 != nil } }

    /// Lists the instances that have records.
    ///
    /// - Returns: Their keys, sorted.
    /// - Throws: ``BackupDomain/BackupError``
    package func instances() async throws -> [InstanceKey] {
        let local = try await self.local?.instances() ?? []
        let recorded = try await self.fromCatalog(or: []) { try await $0.instances() }
        return Set(recorded + local).sorted()
    }

    /// Reads an instance's newest runs.
    ///
    /// - Parameters:
    ///   - instance: The instance's key.
    ///   - now: The present instant.
    /// - Returns: The summary, and the records that only a newer release can honour.
    /// - Throws: ``BackupDomain/BackupError``
    package func runs(of instance: InstanceKey, at now: Date) async throws -> RecordedRuns {
        var runs = try await self.fromCatalog(or: RecordedRuns(instance, nil)) {
            try await $0.runs(of: instance, at: now)
        }
        let local = try await self.localRecords(of: instance, limit: InstanceSummary.mostRuns)
        for record in local.records {
            if runs.summary == nil { runs.summary = InstanceSummary(record) }
            let known = runs.summary?.runs.first { $0.run == record.run }
            if known?.state != .ended { runs.summary?.note(record) }
        }
        runs.refused = Set(runs.refused + local.refused).sorted { $0.run > $1.run }
        return runs
    }

    /// Lists the ids of an instance's newest runs.
    ///
    /// - Parameters:
    ///   - instance: The instance's key.
    ///   - limit: The most ids to return.
    /// - Returns: The ids, newest first.
    /// - Throws: ``BackupDomain/BackupError``
    func newestRuns(of instance: InstanceKey, limit: Int) async throws -> [RunID] {
        let recorded = try await self.fromCatalog(or: []) { try await $0.newestRuns(of: instance, limit: limit) }
        let read = try await self.localRecords(of: instance, limit: limit)
        let local = read.records.map(\.run) + read.refused.map(\.run)
        return Array(Set(recorded + local).sorted(by: >).prefix(limit))
    }

    /// Lists the ids of an instance's runs of the months of some instants.
    ///
    /// - Parameters:
    ///   - dates: Instants of the months.
    ///   - instance: The instance's key.
    /// - Returns: The ids, newest first.
    /// - Throws: ``BackupDomain/BackupError``
    func runs(inMonthsOf dates: [Date], of instance: InstanceKey) async throws -> [RunID] {
        let recorded = try await self.fromCatalog(or: []) { try await $0.runs(inMonthsOf: dates, of: instance) }
        let months = Set(dates.map { CatalogPath.month(of: $0, instance) })
        let local = try await self.local?.newestRuns(of: instance, limit: .max) ?? []
        let wanted = local.filter { months.contains(CatalogPath.month(of: $0.nominalAt, instance)) }
        return Set(recorded + wanted).sorted(by: >)
    }

    /// Reads one record.
    ///
    /// - Parameters:
    ///   - run: The run's id.
    ///   - instance: The instance's key.
    /// - Returns: The record; nil where there is none.
    /// - Throws: ``BackupDomain/BackupError``
    func record(_ run: RunID, of instance: InstanceKey) async throws -> RunRecord? {
        let recorded = try await self.fromCatalog(or: nil) { try await $0.record(run, of: instance)?.record }
        guard recorded?.state != .ended else { return recorded }
        guard let local = try await self.local?.record(run, of: instance)?.record, self.isOurs(local),
            recorded == nil || local.state == .ended
        else { return recorded }
        return local
    }

    /// Finds a record by its run's id alone.
    ///
    /// - Parameter run: The run's id.
    /// - Returns: The record; nil where no instance has one.
    /// - Throws: ``BackupDomain/BackupError``
    package func record(_ run: RunID) async throws -> RunRecord? {
        try await self.instances().map(width: BackupListing.width) { try await self.record(run, of: $0) }
            .lazy.compactMap(\.self).first
    }

    /// Reads what a record says of itself that only a newer release can honour.
    ///
    /// - Parameters:
    ///   - run: The run's id.
    ///   - instance: The instance's key.
    /// - Returns: What may be said of it; nil where there is none of that kind.
    /// - Throws: ``BackupDomain/BackupError``
    func refused(_ run: RunID, of instance: InstanceKey) async throws -> RefusedRecord? {
        let recorded = try await self.fromCatalog(or: nil) { try await $0.refused(run, of: instance) }
        if let recorded { return recorded }
        return try await self.local?.refused(run, of: instance)
    }

    /// Reads some records.
    ///
    /// - Parameters:
    ///   - runs: The runs' ids.
    ///   - instance: The instance's key.
    /// - Returns: What came of it.
    /// - Throws: ``BackupDomain/BackupError``
    package func records(_ runs: [RunID], of instance: InstanceKey) async throws -> ReadRecords {
        try await ReadRecords.reading(
            runs,
            width: BackupListing.width,
            { try await self.record($0, of: instance) },
            refused: { try await self.refused($0, of: instance) },
            tell: self.catalog.tell
        )
    }

    /// Reads an instance's runs that have no outcome yet.
    ///
    /// - Parameters:
    ///   - instance: The instance's key.
    ///   - now: The present instant.
    /// - Returns: The records, oldest first; of those of a newer version the ones that do not say that they have ended.
    /// - Throws: ``BackupDomain/BackupError``
    package func unfinishedRuns(of instance: InstanceKey, at now: Date) async throws -> ReadRecords {
        let recorded = try await self.fromCatalog(or: []) { try await $0.unfinishedRuns(of: instance, at: now) }
        let local = try await self.local?.unfinishedRuns(of: instance, at: now) ?? []
        var read = try await self.records(Set(recorded + local).sorted(), of: instance)
        read.records.removeAll { $0.state == .ended }
        read.refused.removeAll(where: \.isEnded)
        return read
    }

    /// Reads the runs that have no outcome yet, of one instance or all.
    ///
    /// - Parameters:
    ///   - name: The instance's name; nil for all.
    ///   - now: The present instant.
    /// - Returns: The records, by the instance's key, of each instance the oldest first.
    /// - Throws: ``BackupDomain/BackupError``
    package func unfinishedRuns(
        of name: String?,
        at now: Date
    ) async throws -> [(instance: InstanceKey, runs: ReadRecords)] {
        try await self.instances(named: name).map(width: BackupListing.width) { key in
            (key, try await self.unfinishedRuns(of: key, at: now))
        }
    }

    /// Lists the instances of one name that have records.
    ///
    /// - Parameter name: The name; nil for all.
    /// - Returns: Their keys, sorted.
    /// - Throws: ``BackupDomain/BackupError``
    func instances(named name: String?) async throws -> [InstanceKey] {
        try await self.instances().filter { key in name.map { key.instanceName == $0.lowercased() } ?? true }
    }

    private func localRecords(of instance: InstanceKey, limit: Int) async throws -> ReadRecords {
        guard let local = self.local else { return ReadRecords() }
        var read = try await ReadRecords.reading(
            local.newestRuns(of: instance, limit: limit),
            width: BackupListing.width,
            { try await local.record($0, of: instance)?.record },
            refused: { try await local.refused($0, of: instance) },
            tell: self.catalog.tell
        )
        read.records.removeAll { !self.isOurs($0) }
        return read
    }

    private func isOurs(_ record: RunRecord) -> Bool { self.account.map { $0 == record.storage.account } ?? true }

    private func fromCatalog<Value: Sendable>(
        or other: Value,
        _ body: @Sendable (BlobCatalog) async throws -> Value
    ) async throws -> Value {
        if self.isClosed { return other }
        do {
            return try await body(self.catalog)
        } catch let error as BackupError where [.permissionDenied, .storageAccountNotFound].contains(error.code) {
            guard let local = self.local, try await !local.instances().isEmpty else { throw error }
            let isNews = self.refusal.withLock { refusal in
                defer { refusal = error }
                return refusal == nil
            }
            if isNews { self.tell(error) }
            return other
        }
    }
}
