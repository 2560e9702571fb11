import BackupDomain
import BackupEngine
import Foundation
import TestSupport
import Testing

/// An account with an instance's nights in it: blobs and records, on a clock that the test turns.
final class NightsFixture: Sendable {
    static let container = "apim-backups"
    static let catalogContainer = "apim-backups-catalog"

    let clock: ManualClock
    let blobs: MemoryBlobStorage
    let catalog: BlobCatalog
    let source: RecoveryPointSource
    let key: InstanceKey
    private let instance: Instance

    init(undeletable: Bool = false) async throws {
        self.clock = ManualClock(now: RunFixture.night)
        self.blobs = MemoryBlobStorage(
            clock: self.clock,
            pageSize: 3,
            undeletable: undeletable ? [Self.container] : []
        )
        self.catalog = BlobCatalog(storage: self.blobs, container: Self.catalogContainer)
        self.source = RecoveryPointSource(
            blobs: self.blobs,
            catalog: self.catalog,
            documents: CatalogDocuments(storage: self.blobs, container: Self.catalogContainer),
            container: Self.container,
            clock: self.clock
        )
        self.instance = try RunFixture.instance()
        self.key = InstanceKey(self.instance.id)
        try await self.blobs.createContainer(Self.container)
        try await self.blobs.createContainer(Self.catalogContainer)
    }

    var pruner: BackupPruner {
        BackupPruner(
            source: self.source,
            catalogContainer: Self.catalogContainer,
            principal: RecordedPrincipal(credential: "test", objectID: "11111111"),
            clock: self.clock
        )
    }

    var verifier: BackupVerifier { BackupVerifier(source: self.source) }

    /// Lives through a night: the blob is written where the run makes one, the record is filed, and a day passes.
    @discardableResult
    func night(_ outcome: RunOutcome? = .verified, bytes: Int = 1000) async throws -> String {
        let now = self.clock.now.wholeSeconds
        var record = try RunFixture.record()
        let name = "contoso-apim-\(now.compact).apimbackup"
        record.run = RunID(instance: self.instance.id, nominalAt: now)
        record.nominalAt = now
        var attempt = RunAttempt(number: 1, backupName: name, intendedAt: now, absentAt: now)
        attempt.submission = .accepted
        attempt.answeredAt = now
        record.attempts = [attempt]
        record.outcome = outcome
        record.state = outcome == nil ? .accepted : .ended
        if outcome != .failed {
            try await self.write(name, bytes: bytes)
            guard case .present(let blob) = try await self.blobs.properties(of: name, in: Self.container) else {
                throw BackupError(.notFound, name)
            }
            if outcome == .verified || outcome == .unverified {
                record.backup = RecordedBackup(
                    account: "contosobackups",
                    container: Self.container,
                    name: name,
                    properties: outcome == .verified ? blob : nil,
                    restorableFrom: now
                )
            }
        }
        _ = try await self.catalog.create(record)
        self.clock.advance(by: .seconds(86_400))
        return name
    }

    func write(_ name: String, bytes: Int) async throws {
        _ = try await self.blobs.write(
            Data(count: bytes),
            to: name,
            in: Self.container,
            condition: .always,
            contentType: "application/octet-stream"
        )
    }

    /// The names of the blobs in the container.
    func names() async throws -> [String] { try await self.source.look().blobs.keys.sorted() }

    /// Prunes with a policy.
    func prune(_ change: (inout RetentionPolicy) -> Void) async throws -> PruneReport {
        var policy = RetentionPolicy()
        policy.minGood = 1
        change(&policy)
        return try await self.pruner.prune(self.key, policy) { _ in }
    }

    /// Pins a backup.
    func pin(_ name: String) async throws -> Date? {
        try await PinBoard(documents: self.source.documents, blobs: self.blobs, clock: self.clock).pin(
            name,
            in: Self.container,
            of: self.key,
            because: "audit",
            by: RecordedPrincipal(credential: "test")
        )
    }

    func verify() async throws -> VerificationReport {
        try await self.verifier.verify(self.key, in: try await self.source.look())
    }

    /// What `prune` wrote down about a backup.
    func deletions(of name: String) async throws -> BackupDeletions? {
        let path = "v1/prunes/\(self.key)/\(CatalogPath.digest(name, in: Self.container)).json"
        return try await self.source.documents.read(BackupDeletions.self, at: path)?.document
    }
}
