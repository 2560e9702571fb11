package import BackupDomain
package import FoundationEssentials

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

    /// Reads the drills with an instance's backups for a scheduler, whose first look is written down.
    ///
    /// - Parameters:
    ///   - instance: The instance's key.
    ///   - now: The present instant.
    /// - Returns: The drills.
    /// - Throws: ``BackupDomain/BackupError``
    package func open(_ instance: InstanceKey, at now: Date) async throws -> DrillHistory {
        let found = try await self.history(of: instance)
        if found.since != nil { return found }
        return try await self.documents.change(at: CatalogPath.drills(of: instance), from: DrillHistory()) {
            $0.open(at: now.wholeSeconds)
        }
    }

    /// Writes down a drill that did not come to a backup.
    ///
    /// - Parameters:
    ///   - drill: The drill.
    ///   - instance: The key of the instance whose backup was to be tried.
    /// - Throws: ``BackupDomain/BackupError``
    package func note(_ drill: DrillHistory.Drill, of instance: InstanceKey) async throws {
        try await self.documents.change(at: CatalogPath.drills(of: instance), from: DrillHistory()) { $0.note(drill) }
    }

    /// Writes a drill down.
    ///
    /// - Parameters:
    ///   - drill: The drill.
    ///   - point: The backup that was tried.
    ///   - instance: The key of the instance that it is a backup of.
    /// - Throws: ``BackupDomain/BackupError``
    package func note(_ drill: DrillHistory.Drill, of point: RecoveryPoint, _ instance: InstanceKey) async throws {
        try await self.note(drill, of: instance)
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
