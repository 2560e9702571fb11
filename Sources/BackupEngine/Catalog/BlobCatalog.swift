package import BackupDomain
import FoundationEssentials

/// The catalog in a container of the storage account, beside the backups.
package struct BlobCatalog: Catalog {
    let storage: any BlobStorage
    let container: String
    /// What the runs do whose records these are.
    let kind: RunKind
    /// Told of each record that is damaged and passed over.
    let tell: @Sendable (BackupError) -> Void

    /// Opens a catalog.
    ///
    /// - Parameters:
    ///   - storage: The account's blob service.
    ///   - container: The container of records.
    ///   - kind: What the runs do whose records are wanted; make backups by default.
    ///   - tell: Told of each record that is damaged and passed over; by default nobody is.
    package init(
        storage: any BlobStorage,
        container: String,
        kind: RunKind = .backup,
        tell: @escaping @Sendable (BackupError) -> Void = { _ in }
    ) {
        self.storage = storage
        self.container = container
        self.kind = kind
        self.tell = tell
    }

    /// The catalog's other documents.
    var documents: CatalogDocuments { CatalogDocuments(storage: self.storage, container: self.container) }

    package func create(_ record: RunRecord) async throws -> ETag {
        do {
            return try await self.write(record, condition: .absent)
        } catch let error as BackupError where error.code == .conflict {
            throw BackupError(
                .recordExists,
                "The run \(record.run) of \(record.instance.name) has a record already.",
                azure: error.azure
            )
        }
    }

    package func replace(_ record: RunRecord, version: ETag) async throws -> ETag {
        try await self.write(record, condition: .matches(version))
    }

    private func write(_ record: RunRecord, condition: WriteCondition) async throws -> ETag {
        let path = CatalogPath.record(record.run, of: record.instanceKey, kind: self.kind)
        return try await self.storage.write(
            RecordCoding.encode(record, path: path),
            to: path,
            in: self.container,
            condition: condition,
            contentType: "application/json"
        )
    }

    package func record(_ run: RunID, of instance: InstanceKey) async throws -> (record: RunRecord, version: ETag)? {
        let path = CatalogPath.record(run, of: instance, kind: self.kind)
        guard let (content, etag) = try await self.read(path) else { return nil }
        return (try RecordCoding.decode(content, path: path), etag)
    }

    package func unfinishedRecord(
        _ run: RunID,
        of instance: InstanceKey
    ) async throws -> (record: RunRecord, version: ETag)? {
        let path = CatalogPath.record(run, of: instance, kind: self.kind)
        guard let (content, etag) = try await self.read(path),
            try !RecordCoding.isFinal(content, path: path)
        else { return nil }
        return (try RecordCoding.decode(content, path: path), etag)
    }

    package func refused(_ run: RunID, of instance: InstanceKey) async throws -> RefusedRecord? {
        try await self.read(CatalogPath.record(run, of: instance, kind: self.kind)).flatMap {
            RecordCoding.refused($0.content, run: run)
        }
    }

    func read(_ path: String) async throws -> (content: Data, etag: ETag)? {
        do {
            return try await self.storage.read(path, in: self.container, cap: RecordCoding.cap)
        } catch let error as BackupError where error.code == .answerTooLarge {
            throw BackupError(.recordUnreadable, "\(path) cannot be read: it has more than \(RecordCoding.cap) bytes.")
        }
    }

    /// Reads the record of a run that has ended.
    ///
    /// - Parameters:
    ///   - run: The run's id.
    ///   - instance: The instance's key.
    /// - Returns: The record; nil where there is none, or while the run goes on.
    /// - Throws: ``BackupDomain/BackupError``
    func finalRecord(_ run: RunID, of instance: InstanceKey) async throws -> RunRecord? {
        let path = CatalogPath.record(run, of: instance, kind: self.kind)
        guard let (content, _) = try await self.read(path), try RecordCoding.isFinal(content, path: path) else {
            return nil
        }
        return try RecordCoding.decode(content, path: path)
    }

    package func newestRuns(of instance: InstanceKey, limit: Int) async throws -> [RunID] {
        var runs: [RunID] = []
        // Months are few and fold into one listing each; within a month names sort by time, so the end is the newest.
        for year in try await self.folders(CatalogPath.runs(of: instance, kind: self.kind)).reversed() {
            for month in try await self.folders(year).reversed() {
                runs += try await self.runs(below: month).sorted(by: >)
                if runs.count >= limit { return Array(runs.prefix(limit)) }
            }
        }
        return runs
    }

    package func instances() async throws -> [InstanceKey] {
        try await self.folders(CatalogPath.runs(self.kind)).compactMap { InstanceKey(text: CatalogPath.leaf($0)) }
            .sorted()
    }

    /// Lists an instance's runs of the months of some instants.
    ///
    /// - Parameters:
    ///   - dates: Instants of the months.
    ///   - instance: The instance's key.
    /// - Returns: The runs' ids, in any order.
    /// - Throws: ``BackupDomain/BackupError``
    func runs(inMonthsOf dates: [Date], of instance: InstanceKey) async throws -> [RunID] {
        var runs: [RunID] = []
        for month in Set(dates.map { CatalogPath.month(of: $0, instance, kind: self.kind) }).sorted() {
            runs += try await self.runs(below: month)
        }
        return runs
    }

    private func folders(_ prefix: String) async throws -> [String] {
        // A page may begin with the folder that the page before ended with.
        try await Set(self.pages(prefix, delimiter: "/") { $0.prefixes }).sorted()
    }

    private func runs(below prefix: String) async throws -> [RunID] {
        try await self.pages(prefix, delimiter: nil) { $0.blobs.map(\.name) }
            .compactMap { RunID(text: CatalogPath.leaf($0)) }
    }

    func pages(
        _ prefix: String,
        delimiter: String?,
        _ part: (BlobPage) -> [String]
    ) async throws -> [String] {
        var names: [String] = []
        var marker: String?
        repeat {
            let page: BlobPage
            do {
                page = try await self.storage.list(
                    self.container,
                    prefix: prefix,
                    delimiter: delimiter,
                    marker: marker
                )
            } catch let error as BackupError where error.code == .notFound {
                // A catalog that nobody has written to yet holds nothing.
                return []
            }
            names += part(page)
            marker = page.nextMarker
        } while marker != nil
        return names
    }
}
