package import BackupDomain

/// Reads what became of an instance's times: the history, and of each run what its record says.
package struct ScheduleOutcomes: Sendable {
    /// How many records are read at once.
    private static let width = 8

    /// What became of one time, or of several that follow each other and fared alike.
    package struct Line: Sendable {
        /// What the history says.
        package var entry: ScheduleEntry
        /// The run's record; nil where none was ordered, or none has begun.
        package var record: RunRecord?

        /// The outcome in a word: that of the run where it has one, `under way` while it has not.
        package var word: String {
            guard self.entry.outcome == .run else { return self.entry.outcome.rawValue }
            guard let record = self.record else { return "ordered" }
            return record.outcome?.rawValue ?? "under way"
        }
    }

    private let board: ScheduleBoard
    private let catalog: any Catalog

    /// Creates a reader.
    ///
    /// - Parameters:
    ///   - board: Where the histories are.
    ///   - catalog: Where the records of runs are.
    package init(board: ScheduleBoard, catalog: any Catalog) {
        self.board = board
        self.catalog = catalog
    }

    /// Reads the newest outcomes.
    ///
    /// - Parameters:
    ///   - instance: The instance's resource id.
    ///   - limit: The most lines.
    /// - Returns: The lines, newest first; nil where no scheduler has seen a schedule of the instance.
    /// - Throws: ``BackupDomain/BackupError``
    package func newest(of instance: ResourceID, limit: Int) async throws -> [Line]? {
        let key = InstanceKey(instance)
        guard let history = try await self.board.history(of: key) else { return nil }
        let catalog = self.catalog
        return try await Array(history.entries.suffix(limit).reversed()).map(width: Self.width) { entry in
            // A record wins, whatever the history says of its time.
            let record =
                entry.count == 1
                ? try await catalog.record(RunID(instance: instance, nominalAt: entry.from), of: key)?.record : nil
            return Line(entry: entry, record: record)
        }
    }
}
