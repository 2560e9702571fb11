package import BackupDomain
package import FoundationEssentials

extension BlobCatalog {
    /// Reads the pauses that are in force, of all instances.
    ///
    /// - Parameter now: The present instant.
    /// - Returns: The pauses by the instance's key.
    /// - Throws: ``BackupDomain/BackupError``
    package func pauses(at now: Date) async throws -> [InstanceKey: SchedulePause] {
        var pauses: [InstanceKey: SchedulePause] = [:]
        for name in try await self.pages(CatalogPath.pauses, delimiter: nil, { $0.blobs.map(\.name) }) {
            guard let key = InstanceKey(text: CatalogPath.leaf(name)) else { continue }
            pauses[key] = try await self.storedPauses(of: key)?.history.pause(at: now)
        }
        return pauses
    }

    /// Reads the pause of one instance that is in force.
    ///
    /// - Parameters:
    ///   - instance: The instance's key.
    ///   - now: The present instant.
    /// - Returns: The pause; nil where the schedule is not paused.
    /// - Throws: ``BackupDomain/BackupError``
    package func pause(of instance: InstanceKey, at now: Date) async throws -> SchedulePause? {
        try await self.storedPauses(of: instance)?.history.pause(at: now)
    }

    /// Writes down that an instance's schedule rests.
    ///
    /// - Parameters:
    ///   - instance: The instance's resource id.
    ///   - pause: The pause; it takes the place of one that is in force.
    /// - Throws: ``BackupDomain/BackupError`` with code `conflict` where somebody else pauses it at this moment.
    package func pause(_ instance: ResourceID, _ pause: SchedulePause) async throws {
        let stored = try await self.storedPauses(of: InstanceKey(instance))
        var history = stored?.history ?? PauseHistory(instance: instance)
        history.add(pause)
        try await self.write(history, over: stored?.version)
    }

    /// Writes down that an instance's schedule goes on.
    ///
    /// - Parameters:
    ///   - instance: The instance's key.
    ///   - now: The present instant.
    ///   - by: Who says so.
    /// - Returns: Whether it was paused.
    /// - Throws: ``BackupDomain/BackupError`` with code `conflict` where somebody else changes it at this moment.
    package func endPause(of instance: InstanceKey, at now: Date, by: String?) async throws -> Bool {
        guard let stored = try await self.storedPauses(of: instance) else { return false }
        var history = stored.history
        guard history.end(at: now, by: by) else { return false }
        try await self.write(history, over: stored.version)
        return true
    }

    private func write(_ history: PauseHistory, over version: ETag?) async throws {
        _ = try await self.storage.write(
            RecordCoding.encode(history),
            to: CatalogPath.pauses(of: InstanceKey(history.instance)),
            in: self.container,
            condition: version.map { .matches($0) } ?? .absent,
            contentType: "application/json"
        )
    }

    private func storedPauses(of instance: InstanceKey) async throws -> (history: PauseHistory, version: ETag)? {
        let path = CatalogPath.pauses(of: instance)
        guard let (content, version) = try await self.storage.read(path, in: self.container, cap: RecordCoding.cap)
        else { return nil }
        return (
            try RecordCoding.decode(
                PauseHistory.self,
                content,
                path: path,
                newest: PauseHistory.currentVersion
            ), version
        )
    }
}
