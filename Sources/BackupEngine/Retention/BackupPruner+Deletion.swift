import BackupDomain
import FoundationEssentials

/// One deletion: write the intent, look at everything again, delete, write the result.
///
/// The intent comes before the last look at the pin and at open restores, and who pins or restores looks for intents after the
/// pin, or the restore's record, is written: one of the two sees the other, in whichever order they work.
extension BackupPruner {
    /// Says that a backup is gone that the plan counts on, so that the rest of the plan is void.
    struct PlanOutdated: Error {
        /// What is gone.
        var reason: String
    }

    /// Deletes one backup, if it still is what the plan saw, and if what the plan counts on is still there.
    ///
    /// - Parameters:
    ///   - decision: The release.
    ///   - pillars: The good backups that stay, and without which nothing may be deleted.
    ///   - instance: The instance's key.
    /// - Returns: What became of it.
    /// - Throws: ``BackupDomain/BackupError`` with code `permissionDenied` where this identity may not delete, and others
    ///   where it is not known whether the blob is deleted; ``PlanOutdated``.
    func delete(
        _ decision: RetentionDecision,
        countingOn pillars: [RecoveryPoint],
        of instance: InstanceKey
    ) async throws -> PruneResult {
        let point = decision.point
        guard let planned = point.blob else { return PruneResult(point: point, state: .kept, detail: "it is gone") }
        let place = try await self.intend(decision, planned, of: instance)
        var objection = try await self.objection(to: point, planned, of: instance)
        let missing = objection == nil ? try await self.missing(pillars) : nil
        objection = objection ?? missing
        if objection == nil { objection = try await self.claim(on: point, of: instance) }
        let result: PruneResult
        if let objection {
            result = PruneResult(point: point, state: .kept, detail: objection)
        } else {
            result = try await self.remove(point, planned)
        }
        try await self.settle(result, at: place, of: instance)
        if let missing { throw PlanOutdated(reason: missing) }
        return result
    }

    private func remove(_ point: RecoveryPoint, _ planned: BlobProperties) async throws -> PruneResult {
        do {
            let deletion = try await self.source.blobs.delete(
                point.name,
                in: point.container,
                condition: .matches(planned.etag)
            )
            // Where versions are kept the bytes stay as an earlier one, whatever the answer says.
            let isPermanent = planned.isVersioned ? false : deletion.isPermanent
            return PruneResult(point: point, state: .deleted, isPermanent: isPermanent)
        } catch let error as BackupError where error.code == .notFound {
            return PruneResult(point: point, state: .deleted, detail: "somebody else deleted it at the same time")
        } catch let error as BackupError where [.conflict, .blobProtected].contains(error.code) {
            return PruneResult(point: point, state: .kept, detail: error.message)
        }
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
            let entry = self.entry(decision, blob)
            _ = try await self.change(decision.point, of: instance) { document in
                // What was handed over already goes on, and so does the attempt that was refused a moment ago: each night
                // would add one otherwise.
                let isOpen = document.entries.last.map { last in
                    last.etag == blob.etag && [.intended, .handedOver].contains(last.state)
                }
                if isOpen != true { document.entries.append(entry) }
                let last = document.entries.count - 1
                document.entries[last].state = .handedOver
                document.entries[last].detail = detail
            }
        }
        return PruneResult(point: decision.point, state: .handedOver, detail: detail)
    }

    /// Writes down that a backup is there and stays, where an earlier prune left open whether it would be deleted.
    ///
    /// Only what was left more than an hour ago: until then that deletion may still be under way. What stays for the time of a
    /// restore only is not written up before that has ended.
    ///
    /// - Parameters:
    ///   - decision: What is to be done with the backup now.
    ///   - instance: The instance's key.
    ///   - now: The present by the blob service's clock.
    /// - Throws: ``BackupDomain/BackupError``
    func reconcile(_ decision: RetentionDecision, of instance: InstanceKey, at now: Date) async throws {
        guard decision.verdict == .keep, let blob = decision.point.blob, let open = decision.point.deletion,
            now.timeIntervalSince(open.intendedAt) > BackupDeletions.openFor, decision.point.openRestores.isEmpty
        else { return }
        var entry = self.entry(decision, blob)
        entry.state = .kept
        entry.endedAt = now
        entry.detail = "it is there, and is not to be deleted any more"
        _ = try await self.change(decision.point, of: instance) { $0.entries.append(entry) }
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
        guard case .present(let blob) = try await self.source.blobs.properties(of: point.name, in: point.container)
        else { return "it is gone" }
        guard blob.etag == planned.etag else { return "it was written in the meantime" }
        return blob.isLeased ? "somebody holds its lease" : nil
    }

    /// Looks again at the good backups that the plan counts on.
    private func missing(_ pillars: [RecoveryPoint]) async throws -> String? {
        for pillar in pillars {
            let seen = try await self.source.blobs.properties(of: pillar.name, in: pillar.container)
            guard case .present(let blob) = seen, blob.etag == pillar.blob?.etag, !blob.isArchived else {
                return "\(pillar.name), which the plan counts on, has vanished or changed, or was archived"
            }
        }
        return nil
    }

    /// Looks who wants the backup, last of all: whoever pins or restores it from now on finds the intent.
    private func claim(on point: RecoveryPoint, of instance: InstanceKey) async throws -> String? {
        if try await self.isPinned(point, of: instance) { return "it was pinned in the meantime" }
        return try await self.source.openRestores(at: self.clock.now).first { $0.reads(point) }?.clause
    }

    private func isPinned(_ point: RecoveryPoint, of instance: InstanceKey) async throws -> Bool {
        let digest = CatalogPath.digest(point.name, in: point.container)
        let path = "\(CatalogPath.pins(of: instance))\(digest).json"
        guard let pins = try await self.source.documents.read(BackupPins.self, at: path)?.document else { return false }
        return pins.current != nil
    }

    private func entry(_ decision: RetentionDecision, _ blob: BlobProperties) -> BackupDeletions.Entry {
        BackupDeletions.Entry(
            etag: blob.etag,
            bytes: blob.bytes,
            reasons: decision.reasons,
            at: self.clock.now,
            by: self.principal
        )
    }

    /// Writes the intent.
    ///
    /// - Returns: Its place among the entries: others add theirs after it.
    private func intend(
        _ decision: RetentionDecision,
        _ blob: BlobProperties,
        of instance: InstanceKey
    ) async throws -> Int {
        let entry = self.entry(decision, blob)
        return try await self.change(decision.point, of: instance) { document in
            // What was handed over is tried again in its place: each night would add one otherwise.
            let isOpen = document.entries.last.map { $0.etag == blob.etag && $0.state == .handedOver } ?? false
            if isOpen { document.entries.removeLast() }
            document.entries.append(entry)
        }.entries.count - 1
    }

    private func settle(_ result: PruneResult, at place: Int, of instance: InstanceKey) async throws {
        let now = self.clock.now
        _ = try await self.change(result.point, of: instance) { document in
            guard document.entries.indices.contains(place) else { return }
            document.entries[place].state = result.state == .deleted ? .deleted : .kept
            document.entries[place].endedAt = now
            document.entries[place].isPermanent = result.isPermanent
            document.entries[place].detail = result.detail
        }
    }

    private func change(
        _ point: RecoveryPoint,
        of instance: InstanceKey,
        _ body: (inout BackupDeletions) -> Void
    ) async throws -> BackupDeletions {
        try await self.source.documents.change(
            at: CatalogPath.prunes(of: instance, point.name, in: point.container),
            from: BackupDeletions(container: point.container, name: point.name, run: point.run),
            body
        )
    }
}
