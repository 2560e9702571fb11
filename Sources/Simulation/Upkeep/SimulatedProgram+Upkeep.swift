import BackupDomain
import BackupEngine
import FoundationEssentials

/// What the shipped commands do besides backing up.
extension SimulatedProgram {
    /// Does a chore.
    ///
    /// - Parameters:
    ///   - chore: What is to be done.
    ///   - instance: The instance's key.
    ///   - policy: What to prune by.
    ///   - choice: Chooses among the backups.
    /// - Returns: What came of it, for the story.
    /// - Throws: What the engine throws.
    func upkeep(
        _ chore: Chore,
        of instance: InstanceKey,
        by policy: RetentionPolicy,
        choosing choice: UInt64
    ) async throws -> String {
        let blobs = try await self.connect().storage.blobs
        let source = RecoveryPointSource(
            blobs: blobs,
            catalog: BlobCatalog(storage: blobs, container: Self.catalogContainer),
            documents: CatalogDocuments(storage: blobs, container: Self.catalogContainer),
            container: SimulatedCall.Container.backups.rawValue,
            clock: self.process
        )
        switch chore {
        case .verify: return try await self.verify(instance, source)
        case .prune: return try await self.prune(instance, source, policy)
        case .pin: return try await self.pin(true, source, choosing: choice)
        case .unpin: return try await self.pin(false, source, choosing: choice)
        case .acknowledge: return try await self.acknowledge(instance, source, policy)
        case .status: return try await self.status(of: instance, source)
        }
    }

    private func verify(_ instance: InstanceKey, _ source: RecoveryPointSource) async throws -> String {
        let report = try await BackupVerifier(source: source).verify(instance, in: try await source.look())
        let good = report.good.compactMap { point in point.blob.map { (point.name, $0.etag.text) } }
        let number = self.process.number
        let vanished = report.findings.filter { $0.finding.kind == .vanished }.map(\.point.name)
        self.azure.with { azure in
            azure.oracle.verified(Dictionary(good) { first, _ in first }, vanished, by: number, azure.account)
        }
        return "\(good.count) good, \(report.findings.map { "\($0.point.name) \($0.finding.kind)" })"
    }

    private func prune(
        _ instance: InstanceKey,
        _ source: RecoveryPointSource,
        _ policy: RetentionPolicy
    ) async throws -> String {
        let report = try await BackupPruner(
            source: source,
            catalogContainer: Self.catalogContainer,
            principal: Self.principal,
            clock: self.process
        ).prune(instance, policy) { _ in }
        let results = report.results.map { "\($0.point.name) \($0.state)" }
        return "\(results), held by \(report.plan.holds.map(\.code)), \(report.plan.goodAfter) good left"
    }

    private func pin(_ isPinned: Bool, _ source: RecoveryPointSource, choosing choice: UInt64) async throws -> String {
        let azure = self.azure
        let names = azure.with { isPinned ? $0.backups.names : $0.oracle.pinned.sorted() }
        guard !names.isEmpty else { return "there is nothing to choose from" }
        let name = names[Int(choice % UInt64(names.count))]
        let (instance, found) = try await source.backup(named: name)
        let board = PinBoard(documents: source.documents, blobs: source.blobs, clock: self.process)
        let container = SimulatedCall.Container.backups.rawValue
        guard isPinned else {
            azure.with { _ = $0.oracle.pinned.remove(name) }
            let isChanged = try await board.unpin(
                found,
                in: container,
                of: instance,
                because: nil,
                by: Self.principal
            )
            return "\(name): \(isChanged)"
        }
        let intent = try await board.pin(found, in: container, of: instance, because: "simulated", by: Self.principal)
        if intent == nil { azure.with { _ = $0.oracle.pinned.insert(name) } }
        return "\(name): \(intent.map { "doubtful since \($0)" } ?? "kept")"
    }

    private func acknowledge(
        _ instance: InstanceKey,
        _ source: RecoveryPointSource,
        _ policy: RetentionPolicy
    ) async throws -> String {
        let said = try await ShrinkBoard(source: source, clock: self.process).acknowledge(
            instance,
            in: try await source.look(),
            threshold: policy.shrinkGuard,
            because: "simulated",
            by: Self.principal
        )
        return said.map { "\($0.alarm.name) is small, and that is right" } ?? "nothing is small"
    }

    private func status(of instance: InstanceKey, _ source: RecoveryPointSource) async throws -> String {
        let reader = StatusReader(
            blobs: source.blobs,
            catalogContainer: Self.catalogContainer,
            container: SimulatedCall.Container.backups.rawValue,
            clock: self.process
        )
        let lines = try await reader.lines(
            of: instance.instanceName,
            standard: ProtectionStatus.Expectation(),
            at: self.process.now
        )
        let summary = try await source.catalog.summary(of: instance, at: self.process.now)
        let number = self.process.number
        self.azure.with { azure in azure.oracle.read(summary, by: number, azure.account) }
        return lines.map { "\($0.status.verdict)" }.joined()
    }
}
