package import BackupDomain
package import FoundationEssentials

/// The pauses of all schedules, as they are kept in the catalog.
package struct PauseBoard: Sendable {
    private let documents: CatalogDocuments

    /// Opens the pauses.
    ///
    /// - Parameter documents: The catalog's documents.
    package init(documents: CatalogDocuments) { self.documents = documents }

    /// Reads the pauses that are in force, of all instances.
    ///
    /// - Parameter now: The present instant.
    /// - Returns: The pauses by the instance's key.
    /// - Throws: ``BackupDomain/BackupError``
    package func all(at now: Date) async throws -> [InstanceKey: SchedulePause] {
        try await self.inForce(at: now).mapValues(\.pause)
    }

    /// Reads the pauses that are in force, with the instances that they are of: one may have no record yet.
    ///
    /// - Parameter now: The present instant.
    /// - Returns: The instances' resource ids and the pauses, by the instance's key.
    /// - Throws: ``BackupDomain/BackupError``
    package func inForce(at now: Date) async throws -> [InstanceKey: (instance: ResourceID, pause: SchedulePause)] {
        var pauses: [InstanceKey: (instance: ResourceID, pause: SchedulePause)] = [:]
        for (name, history) in try await self.documents.all(PauseHistory.self, below: CatalogPath.pauses) {
            guard let key = InstanceKey(text: name), let pause = history.pause(at: now) else { continue }
            pauses[key] = (history.instance, pause)
        }
        return pauses
    }

    /// Reads all pauses of an instance's schedule.
    ///
    /// - Parameter instance: The instance's resource id.
    /// - Returns: The pauses, those that are over included; nil where there never was one.
    /// - Throws: ``BackupDomain/BackupError``
    package func history(of instance: ResourceID) async throws -> PauseHistory? {
        try await self.documents.read(PauseHistory.self, at: CatalogPath.pauses(of: InstanceKey(instance)))?.document
    }

    /// Writes down that an instance's schedule rests; makes the container of records where there is none.
    ///
    /// - Parameters:
    ///   - instance: The instance's resource id.
    ///   - pause: The pause; it takes the place of one that is in force.
    /// - Throws: ``BackupDomain/BackupError``
    package func pause(_ instance: ResourceID, _ pause: SchedulePause) async throws {
        try await self.documents.change(
            at: CatalogPath.pauses(of: InstanceKey(instance)),
            from: PauseHistory(instance: instance)
        ) { $0.add(pause) }
    }

    /// Writes down that an instance's schedule goes on.
    ///
    /// - Parameters:
    ///   - instance: The instance's resource id.
    ///   - now: The present instant.
    ///   - by: Who says so.
    /// - Returns: Whether it was paused.
    /// - Throws: ``BackupDomain/BackupError``
    package func end(_ instance: ResourceID, at now: Date, by: RecordedPrincipal) async throws -> Bool {
        let path = CatalogPath.pauses(of: InstanceKey(instance))
        guard let history = try await self.documents.read(PauseHistory.self, at: path)?.document,
            history.pause(at: now) != nil
        else { return false }
        var wasPaused = false
        try await self.documents.change(at: path, from: history) { wasPaused = $0.end(at: now, by: by) }
        return wasPaused
    }
}
