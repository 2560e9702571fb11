package import BackupDomain
package import FoundationEssentials

/// What the doctor found at the last checkups, as it is kept in the catalog: one document an instance.
package struct CheckupBoard: Sendable {
    private let documents: CatalogDocuments

    /// Opens the records.
    ///
    /// - Parameter documents: The catalog's documents.
    package init(documents: CatalogDocuments) { self.documents = documents }

    /// Reads what was found at the last checkup of an instance.
    ///
    /// - Parameter instance: The instance's key.
    /// - Returns: The record; nil where nobody has looked.
    /// - Throws: ``BackupDomain/BackupError``
    package func record(of instance: InstanceKey) async throws -> CheckupRecord? {
        try await self.documents.read(CheckupRecord.self, at: CatalogPath.checkup(of: instance))?.document
    }

    /// Reads what was found at the last checkups of all instances.
    ///
    /// - Returns: The records by the instance's key.
    /// - Throws: ``BackupDomain/BackupError``
    package func all() async throws -> [InstanceKey: CheckupRecord] {
        let found = try await self.documents.all(CheckupRecord.self, below: CatalogPath.checkups)
        return Dictionary(
            found.compactMap { name, record in InstanceKey(text: name).map { ($0, record) } }
        ) { first, _ in first }
    }

    /// Writes down that a checkup begins, where one is due and nobody else has begun it.
    ///
    /// - Parameters:
    ///   - times: The times of the daily checkup of an instance.
    ///   - now: The present instant.
    /// - Returns: Whether this one is the caller's to make, else when to ask again.
    /// - Throws: ``BackupDomain/BackupError``
    package func begin(_ times: DueTimes, at now: Date) async throws -> Turn {
        var turn = Turn.later(nil)
        try await self.documents.update(
            at: CatalogPath.checkup(of: InstanceKey(times.instance)),
            from: CheckupRecord(instance: times.instance)
        ) { record in
            let due = record.due(times, at: now)
            guard let due, due <= now else {
                turn = .later(due)
                return
            }
            turn = .ours
            record.begin(at: now)
        }
        return turn
    }

    /// Whose turn a checkup is.
    package enum Turn: Sendable, Hashable {
        /// The caller's, now.
        case ours
        /// Nobody's before an instant; nil for never.
        case later(Date?)
    }

    /// Writes down what was found.
    ///
    /// - Parameters:
    ///   - observations: What each check came to.
    ///   - instance: The instance's resource id.
    ///   - now: The present instant.
    /// - Returns: The record as it is then, and what stands otherwise than before.
    /// - Throws: ``BackupDomain/BackupError``
    package func end(
        _ observations: [CheckObservation],
        of instance: ResourceID,
        at now: Date
    ) async throws -> (record: CheckupRecord, changes: [CheckChange]) {
        var changes: [CheckChange] = []
        let record = try await self.documents.change(
            at: CatalogPath.checkup(of: InstanceKey(instance)),
            from: CheckupRecord(instance: instance)
        ) { record in
            let before = record.results
            record.take(observations, at: now)
            changes = CheckChange.between(before, record.results)
        }
        return (record, changes)
    }
}
