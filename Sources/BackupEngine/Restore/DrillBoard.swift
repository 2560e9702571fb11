package import BackupDomain

/// Writes down what drills showed: in the instance's history, and on the backup itself as level *restored*.
package struct DrillBoard: Sendable {
    private let documents: CatalogDocuments

    /// Creates a board.
    ///
    /// - Parameter documents: The catalog's documents.
    package init(documents: CatalogDocuments) { self.documents = documents }

    /// Reads the drills with an instance's backups.
    ///
    /// - Parameter instance: The instance's key.
    /// - Returns: The drills; none where nobody has tried.
    /// - Throws: ``BackupDomain/BackupError``
    package func history(of instance: InstanceKey) async throws -> DrillHistory {
        try await self.documents.read(DrillHistory.self, at: CatalogPath.drills(of: instance))?.document
            ?? DrillHistory()
    }

    /// Writes a drill down.
    ///
    /// - Parameters:
    ///   - drill: The drill.
    ///   - point: The backup that was tried.
    ///   - instance: The key of the instance that it is a backup of.
    /// - Throws: ``BackupDomain/BackupError``
    package func note(_ drill: DrillHistory.Drill, of point: RecoveryPoint, _ instance: InstanceKey) async throws {
        try await self.documents.change(at: CatalogPath.drills(of: instance), from: DrillHistory()) { $0.note(drill) }
        guard drill.isPassed, let blob = point.blob else { return }
        let digest = CatalogPath.digest(point.name, in: point.container)
        try await self.documents.change(
            at: "\(CatalogPath.verifications(of: instance))\(digest).json",
            from: BackupVerification(container: point.container, name: point.name, run: point.run)
        ) { document in
            for level in VerificationLevel.allCases {
                document.levels[level.rawValue] = BackupVerification.Pass(at: drill.at, etag: blob.etag)
            }
        }
    }
}
