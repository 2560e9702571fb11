package import FoundationEssentials

/// Where records of runs are kept.
///
/// What is thrown is a ``BackupError``: `recordExists` and `conflict` where another process was first.
package protocol Catalog: Sendable {
    /// The folder of this machine that the records are in; nil where they are elsewhere, or end with the process.
    var folder: String? { get }

    /// Writes the first version of a record; refuses where the run has one.
    ///
    /// - Parameter record: The record.
    /// - Returns: The version that the next change must name.
    /// - Throws: ``BackupError`` with code `recordExists` and others.
    func create(_ record: RunRecord) async throws -> ETag

    /// Replaces a record, if nobody else did since.
    ///
    /// - Parameters:
    ///   - record: The new text of the record.
    ///   - version: The version that it replaces.
    /// - Returns: The new version.
    /// - Throws: ``BackupError`` with code `conflict` where the record has changed.
    func replace(_ record: RunRecord, version: ETag) async throws -> ETag

    /// Reads one record.
    ///
    /// - Parameters:
    ///   - run: The run's id.
    ///   - instance: The instance's key.
    /// - Returns: The record and its version, or nil where there is none.
    /// - Throws: ``BackupError`` with code `recordUnreadable` and others.
    func record(_ run: RunID, of instance: InstanceKey) async throws -> (record: RunRecord, version: ETag)?

    /// Reads the record of a run that has not ended: cheaper than ``record(_:of:)`` for the many that have.
    ///
    /// - Parameters:
    ///   - run: The run's id.
    ///   - instance: The instance's key.
    /// - Returns: The record and its version, or nil where there is none or the run has ended.
    /// - Throws: ``BackupError`` with code `recordUnreadable` and others.
    func unfinishedRecord(
        _ run: RunID,
        of instance: InstanceKey
    ) async throws -> (record: RunRecord, version: ETag)?

    /// Reads what a record says of itself that only a newer release can honour.
    ///
    /// - Parameters:
    ///   - run: The run's id.
    ///   - instance: The instance's key.
    /// - Returns: What may be said of it; nil where there is none, or this program can read it.
    /// - Throws: ``BackupError``
    func refused(_ run: RunID, of instance: InstanceKey) async throws -> RefusedRecord?

    /// Puts a damaged record out of the way of later runs, under another name and with all its bytes.
    ///
    /// - Parameters:
    ///   - run: The run's id.
    ///   - instance: The instance's key.
    /// - Returns: Where it is now; nil where it was left as it is, since it is whole or nothing here needs it out of the way.
    /// - Throws: ``BackupError`` with code `fileProblem` and others.
    func setAside(_ run: RunID, of instance: InstanceKey) async throws -> String?

    /// Lists the ids of an instance's newest runs, newest first.
    ///
    /// - Parameters:
    ///   - instance: The instance's key.
    ///   - limit: The most ids to return.
    /// - Returns: The ids.
    /// - Throws: ``BackupError``
    func newestRuns(of instance: InstanceKey, limit: Int) async throws -> [RunID]

    /// Lists the ids of an instance's runs that have no outcome yet, newest first, however old they are; also of those
    /// whose records are of a newer version and do not say that they have ended.
    ///
    /// - Parameters:
    ///   - instance: The instance's key.
    ///   - now: The present instant.
    /// - Returns: The ids; the records are the truth: one may have ended since, or be damaged.
    /// - Throws: ``BackupError``
    func unfinishedRuns(of instance: InstanceKey, at now: Date) async throws -> [RunID]

    /// Takes a record into its instance's summary, where the catalog keeps summaries.
    ///
    /// - Parameters:
    ///   - record: The record, as it was last written.
    ///   - now: The present instant.
    /// - Throws: ``BackupError``; the record is not affected.
    func summarize(_ record: RunRecord, at now: Date) async throws

    /// Lists the instances that have records.
    ///
    /// - Returns: Their keys, sorted.
    /// - Throws: ``BackupError``
    func instances() async throws -> [InstanceKey]
}

extension Catalog {
    /// None, by default.
    package var folder: String? { nil }

    /// None, by default.
    package func refused(_ run: RunID, of instance: InstanceKey) async throws -> RefusedRecord? { nil }

    /// Leaves it as it is, by default.
    package func setAside(_ run: RunID, of instance: InstanceKey) async throws -> String? { nil }

    package func unfinishedRecord(
        _ run: RunID,
        of instance: InstanceKey
    ) async throws -> (record: RunRecord, version: ETag)? {
        try await self.record(run, of: instance).flatMap { $0.record.state == .ended ? nil : $0 }
    }
}
