import AzureClient
import BackupDomain
import BackupEngine
import FoundationEssentials

/// What `restore` and its `resume` do.
extension SimulatedProgram {
    /// Makes a plan, confirms it, and restores by it.
    ///
    /// - Parameters:
    ///   - id: The instance, which gets its own backup back.
    ///   - age: How many days old the backup is to be at least; nil for the newest good one.
    ///   - patience: For how long it is followed; nil for as long as it takes.
    /// - Returns: What came of it, for the story.
    /// - Throws: The plan's first refusal, and what the engine throws.
    func restore(_ id: ResourceID, age: Int64?, patience: Duration?) async throws -> String {
        let connection = try await self.connect()
        let blobs = connection.storage.blobs
        let source = RecoveryPointSource(
            blobs: blobs,
            catalog: BlobCatalog(storage: blobs, container: Self.catalogContainer),
            documents: CatalogDocuments(storage: blobs, container: Self.catalogContainer),
            container: SimulatedCall.Container.backups.rawValue,
            clock: self.process
        )
        let seen = try await source.look()
        let choice = try RestoreChoice.choose(
            age.map { .at(seen.at - TimeInterval($0) * 86_400) } ?? .latest,
            from: try await source.points(of: InstanceKey(id), in: seen).points,
            of: id.name,
            allowsUnverified: false,
            at: seen.at
        )
        let plan = try await self.plan(choice, connection, id, at: seen.at)
        if let refusal = plan.refusals.first { throw refusal }
        var order = BackupOrder(instance: id, nominalAt: self.process.now)
        order.kind = .restore
        order.limits.patience = patience
        order.restore = RestoreSource(
            recorded: RecordedRestore(
                backup: plan.backup,
                run: choice.point.run,
                source: plan.source.instance,
                confirmation: RecordedRestore.Confirmation(
                    name: id.name,
                    at: self.process.now.wholeSeconds,
                    by: Self.principal
                )
            ),
            blobs: blobs,
            documents: source.documents
        )
        return self.told(try await self.runner(connection).run(order))
    }

    /// Follows the restore that was left behind.
    ///
    /// - Parameter id: The instance.
    /// - Returns: What came of it, for the story.
    /// - Throws: What the engine throws, but not that there is none.
    func resumeRestore(of id: ResourceID) async throws -> String {
        var order = BackupOrder(instance: id, nominalAt: self.process.now)
        order.kind = .restore
        do {
            return self.told(try await self.runner(try await self.connect()).resume(order))
        } catch let error as BackupError where error.code == .notFound {
            return "no restore is under way"
        }
    }

    private func plan(
        _ choice: RestoreChoice,
        _ connection: Connection,
        _ id: ResourceID,
        at now: Date
    ) async throws -> RestorePlan {
        let catalog = BlobCatalog(storage: connection.storage.blobs, container: Self.catalogContainer)
        let record =
            if let run = choice.point.run { try await catalog.record(run, of: InstanceKey(id))?.record } else {
                nil as RunRecord?
            }
        var wishes = RestoreWishes()
        wishes.isInPlace = true
        return RestorePlan(
            choice: choice,
            source: RestorePlan.Source(
                name: id.name,
                account: SimulatedNames.storageAccount,
                instance: record?.instance,
                document: record?.service
            ),
            target: try await connection.plane.instance(id).instance,
            access: .systemAssignedManagedIdentity,
            apiVersion: "2024-05-01",
            wishes: wishes,
            usualDuration: nil,
            at: now
        )
    }

}
