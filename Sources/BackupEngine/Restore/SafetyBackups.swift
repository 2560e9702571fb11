package import BackupDomain

/// The runs that backed an instance up before a restore, as the records of those restores name them.
///
/// A backup that was made for a restore says so itself; one that was under way already, and was waited for, does not.
package struct SafetyBackups: Sendable {
    private let restored: [RunID: String]

    /// Takes them from restores.
    ///
    /// - Parameter restores: The records of restores into the instance.
    package init(_ restores: [RunRecord]) {
        let named = restores.compactMap { record in
            record.restore.flatMap { restore in restore.safetyBackup.map { ($0, restore.backup.name) } }
        }
        self.restored = Dictionary(named) { first, _ in first }
    }

    /// Reads an instance's newest restores.
    ///
    /// - Parameters:
    ///   - instance: The instance's key.
    ///   - restores: The records of restores.
    /// - Throws: ``BackupDomain/BackupError``
    package init(of instance: InstanceKey, in restores: RunRecords) async throws {
        let runs = try await restores.newestRuns(of: instance, limit: InstanceSummary.mostRuns)
        self.init(try await restores.records(runs, of: instance).records)
    }

    /// The backup whose restore a run went before.
    ///
    /// - Parameter run: The run.
    /// - Returns: The name of the backup that was restored; nil where it went before none.
    package func restored(after run: RunID) -> String? { self.restored[run] }

    /// Marks the recovery points that went before a restore and do not say so.
    ///
    /// - Parameter points: The instance's recovery points.
    /// - Returns: The same, marked.
    package func marking(_ points: [RecoveryPoint]) -> [RecoveryPoint] {
        points.map { point in
            var point = point
            point.beforeRestoreOf = point.beforeRestoreOf ?? point.run.flatMap(self.restored(after:))
            return point
        }
    }
}
