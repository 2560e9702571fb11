package import BackupDomain

/// What came of reading some records; one that cannot be read hides none of the others.
package struct ReadRecords: Sendable {
    /// Those that are there and whole, in the order in which they were asked for.
    package var records: [RunRecord] = []
    /// Those that only a newer release can honour, in the same order.
    package var refused: [RefusedRecord] = []
    /// The runs whose records are damaged, in the same order.
    package var damaged: [RunID] = []

    private enum Part: Sendable {
        case whole(RunRecord)
        case refused(RefusedRecord)
        case damaged(RunID)
    }

    /// Reads records, some at a time.
    ///
    /// - Parameters:
    ///   - runs: The runs' ids.
    ///   - width: How many are read at once.
    ///   - read: Reads one.
    ///   - refused: Reads what one says of itself that is of a newer version.
    ///   - tell: Told of each that is damaged.
    /// - Returns: What came of it.
    /// - Throws: ``BackupDomain/BackupError``
    static func reading(
        _ runs: [RunID],
        width: Int,
        _ read: @escaping @Sendable (RunID) async throws -> RunRecord?,
        refused: @escaping @Sendable (RunID) async throws -> RefusedRecord?,
        tell: @escaping @Sendable (BackupError) -> Void
    ) async throws -> Self {
        let parts = try await runs.map(width: width) { run -> Part? in
            do {
                return try await read(run).map { .whole($0) }
            } catch let error as BackupError where error.code == .recordTooNew {
                return try await refused(run).map { .refused($0) }
            } catch let error as BackupError where [.recordUnreadable, .fileProblem].contains(error.code) {
                tell(error)
                return .damaged(run)
            }
        }
        return parts.reduce(into: Self()) { known, part in
            switch part {
            case .whole(let record): known.records.append(record)
            case .refused(let record): known.refused.append(record)
            case .damaged(let run): known.damaged.append(run)
            case nil: break
            }
        }
    }
}
