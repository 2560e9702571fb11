import BackupDomain
import FoundationEssentials

/// One deletion: look again, write the intent, delete, write the result.
extension BackupPruner {
    /// Deletes one backup, if it still is what the plan saw.
    ///
    /// - Parameters:
    ///   - decision: The release.
    ///   - instance: The instance's key.
    /// - Returns: What became of it.
    /// - Throws: ``BackupDomain/BackupError`` with code `permissionDenied` where this identity may not delete, and others
    ///   where it is not known whether the blob is deleted.
    func delete(_ decision: RetentionDecision, of instance: InstanceKey) async throws -> PruneResult {
        let point = decision.point
        guard let planned = point.blob else { return PruneResult(point: point, state: .kept, detail: "it is gone") }
        if let reason = try await self.objection(to: point, planned, of: instance) {
            return PruneResult(point: point, state: .kept, detail: reason)
        }
        try await self.note(decision, planned, of: instance) { _ in }
        let result: PruneResult
        do {
            let deletion = try await self.source.blobs.delete(
                point.name,
                in: point.container,
                condition: .matches(planned.etag)
            )
            // Where versions are kept the bytes stay as an earlier one, whatever the answer says.
            let isPermanent = planned.isVersioned ? false : deletion.isPermanent
            result = PruneResult(point: point, state: .deleted, isPermanent: isPermanent)
        } catch let error as BackupError where error.code == .notFound {
            result = PruneResult(point: point, state: .deleted, detail: "somebody else deleted it at the same time")
        } catch let error as BackupError where [.conflict, .blobProtected].contains(error.code) {
            result = PruneResult(point: point, state: .kept, detail: error.message)
        }
        let now = self.clock.now
        try await self.note(decision, planned, of: instance) { entry in
            entry.state = result.state == .deleted ? .deleted : .kept
            entry.endedAt = now
            entry.isPermanent = result.isPermanent
            entry.detail = result.detail
        }
        return result
    }

    /// Writes down that another identity is to delete a backup, so that its absence is no riddle later.
    ///
    /// - Parameters:
    ///   - decision: The release.
    ///   - instance: The instance's key.
    /// - Returns: The result.
    /// - Throws: ``BackupDomain/BackupError``
    func handOver(_ decision: RetentionDecision, of instance: InstanceKey) async throws -> PruneResult {
        let detail = "this identity may not delete blobs there"
        if let blob = decision.point.blob {
            try await self.note(decision, blob, of: instance) { entry in
                entry.state = .handedOver
                entry.detail = detail
            }
        }
        return PruneResult(point: decision.point, state: .handedOver, detail: detail)
    }

    /// Reads again what the plan went by.
    ///
    /// - Returns: Why the backup is not to be deleted after all; nil where all is as it was.
    private func objection(
        to point: RecoveryPoint,
        _ planned: BlobProperties,
        of instance: InstanceKey
    ) async throws -> String? {
        guard let run = point.run, let record = try await self.source.catalog.record(run, of: instance)?.record else {
            return "its record is gone"
        }
        guard record.state == .ended, record.attempts.contains(where: { $0.backupName == point.name }) else {
            return "its run goes on"
        }
        let digest = CatalogPath.digest(point.name, in: point.container)
        let path = "\(CatalogPath.pins(of: instance))\(digest).json"
        if let pins = try await self.source.documents.read(BackupPins.self, at: path)?.document, pins.current != nil {
            return "it was pinned in the meantime"
        }
        guard case .present(let blob) = try await self.source.blobs.properties(of: point.name, in: point.container)
        else { return "it is gone" }
        guard blob.etag == planned.etag else { return "it was written in the meantime" }
        return blob.isLeased ? "somebody holds its lease" : nil
    }

    /// Changes the entry of this deletion, or begins one.
    private func note(
        _ decision: RetentionDecision,
        _ blob: BlobProperties,
        of instance: InstanceKey,
        _ body: (inout BackupDeletions.Entry) -> Void
    ) async throws {
        let point = decision.point
        let digest = CatalogPath.digest(point.name, in: point.container)
        let blank = BackupDeletions(container: point.container, name: point.name, run: point.run)
        let now = self.clock.now
        try await self.source.documents.change(
            at: "\(CatalogPath.prunes(of: instance))\(digest).json",
            from: blank
        ) { document in
            // An intent that somebody left behind, and what was handed over, go on; each night would add one otherwise.
            let isOpen = document.entries.last.map { entry in
                entry.etag == blob.etag && [.intended, .handedOver].contains(entry.state)
            }
            if isOpen != true {
                document.entries.append(
                    BackupDeletions.Entry(
                        etag: blob.etag,
                        bytes: blob.bytes,
                        reasons: decision.reasons,
                        at: now,
                        by: self.principal
                    )
                )
            }
            let last = document.entries.count - 1
            document.entries[last].state = .intended
            body(&document.entries[last])
        }
    }
}
