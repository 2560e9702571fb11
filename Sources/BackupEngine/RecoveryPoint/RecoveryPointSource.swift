package import BackupDomain
import FoundationEssentials

/// Finds out which recovery points there are, from the container of backups and the catalog.
package struct RecoveryPointSource: Sendable {
    /// How many records or blobs are read at once.
    private static let width = 16
    /// The most blobs that are listed; more are refused, since what was not seen must not count as gone.
    private static let mostBlobs = 500_000
    /// How long before its blob a run's nominal time may lie: a run that is caught up on waits for its turn.
    private static let catchUp: TimeInterval = 8 * 86_400
    /// How many ids of runs are asked for at first.
    private static let firstRuns = 64

    /// The account's blob service.
    package let blobs: any BlobStorage
    /// The records of runs.
    package let catalog: BlobCatalog
    /// The other documents of the catalog.
    package let documents: CatalogDocuments
    let container: String
    let candidates: InstanceCandidates
    private let clock: any WallClock

    /// Creates a source.
    ///
    /// - Parameters:
    ///   - blobs: The account's blob service.
    ///   - catalog: The records of runs.
    ///   - documents: The other documents of the catalog.
    ///   - container: The container of backups.
    ///   - candidates: Instances that may own backups although no record names them.
    ///   - clock: The time.
    package init(
        blobs: any BlobStorage,
        catalog: BlobCatalog,
        documents: CatalogDocuments,
        container: String,
        candidates: InstanceCandidates = .none,
        clock: any WallClock
    ) {
        self.blobs = blobs
        self.catalog = catalog
        self.documents = documents
        self.container = container
        self.candidates = candidates
        self.clock = clock
    }

    /// Lists the container of backups and the instances.
    ///
    /// - Parameter reference: An instance that a person named, who may know of one that has no record; nil for none.
    /// - Returns: What is there now.
    /// - Throws: ``BackupDomain/BackupError`` with code `clockOff` where this machine's clock is not the blob service's: what
    ///   is written down would be dated wrongly.
    package func look(for reference: String? = nil) async throws -> BackupContainer {
        var blobs: [String: BlobProperties] = [:]
        var marker: String?
        var at: Date?
        repeat {
            let asked = self.clock.now
            let page = try await self.blobs.list(self.container, prefix: "", delimiter: nil, marker: marker)
            if at == nil {
                let clock = ClockComparison(service: page.date, asked: asked, answered: self.clock.now)
                if let error = BackupChecks.clockRefusal(clock) { throw error }
                at = page.date ?? self.clock.now
            }
            for blob in page.blobs { blobs[blob.name] = blob }
            marker = page.nextMarker
            guard blobs.count <= Self.mostBlobs else {
                throw BackupError(
                    .answerTooLarge,
                    "The container \(self.container) holds more than \(Self.mostBlobs) blobs.",
                    remedy: "Keep backups in a container of their own (--container)."
                )
            }
        } while marker != nil
        return try await self.attributed(blobs, reference, at: at ?? self.clock.now)
    }

    private func attributed(
        _ blobs: [String: BlobProperties],
        _ reference: String?,
        at date: Date
    ) async throws -> BackupContainer {
        let recorded = try await self.catalog.instances()
        let named = reference.flatMap { ResourceID($0) }.map { [InstanceKey($0)] } ?? []
        let known = recorded + named
        let others = try await self.candidates.needed(
            for: blobs.keys,
            knowing: Set(known.map(\.instanceName)),
            isSought: reference.map { BackupContainer.keys(known, named: $0).isEmpty } ?? false
        )
        // Where records of that name exist, they tell whose its blobs are: it may have been made anew in another group.
        let names = Set(known.map(\.instanceName))
        return BackupContainer(
            name: self.container,
            blobs: blobs,
            recorded: recorded,
            candidates: named + others.ids.map { InstanceKey($0) }.filter { !names.contains($0.instanceName) },
            unlisted: others.refusal,
            at: date
        )
    }

    /// Puts together what is known of one instance's backups.
    ///
    /// Records are read as far back as blobs lie there, by their age and by the times in their names, and as Azure restores:
    /// what is older is of no interest.
    ///
    /// - Parameters:
    ///   - instance: The instance's key.
    ///   - seen: What ``look()`` showed.
    /// - Returns: The instance's recovery points.
    /// - Throws: ``BackupDomain/BackupError``
    package func points(of instance: InstanceKey, in seen: BackupContainer) async throws -> InstancePoints {
        let restorable = TimeInterval(RecordedBackup.restorableFor.components.seconds)
        let claimed = seen.blobs.keys.filter { BlobAttribution(blob: $0, among: seen.known)?.instance == instance }
        // Somebody may have written over an old backup: without its record the blob would seem to be a new one of theirs.
        let times =
            seen.blobs.values.compactMap(\.madeAt)
            + claimed.compactMap(BackupNameTemplate.time(in:))
        let bound = min(times.min() ?? .distantFuture, seen.at - restorable) - Self.catchUp
        let records = try await self.records(of: instance, since: bound)
        let named = Set(records.flatMap { $0.attempts.map(\.backupName) }).union(claimed)
        let documents = try await self.documents(of: instance, about: named)
        var points = RecoveryPoint.assemble(
            of: instance,
            in: self.container,
            records: records,
            blobs: seen.blobs,
            among: seen.known,
            documents: documents
        )
        points = try await self.lookAgain(points, at: seen.at)
        // A run that took an inventory only says nothing of how backups go.
        let ended = records.filter { $0.state == .ended && !$0.isInventoryOnly }.max { $0.run < $1.run }
        let path = CatalogPath.acknowledgements(of: instance)
        return InstancePoints(
            instance: instance,
            points: points,
            newestRun: ended.flatMap { record in record.outcome.map { EndedRun(run: record.run, outcome: $0) } },
            acknowledgement: try await self.documents.read(ShrinkAcknowledgements.self, at: path)?.document.entries.last
        )
    }

    private func records(of instance: InstanceKey, since bound: Date) async throws -> [RunRecord] {
        var limit = Self.firstRuns
        while true {
            let runs = try await self.catalog.newestRuns(of: instance, limit: limit)
            if runs.count < limit || runs.last.map({ $0.nominalAt < bound }) ?? true {
                // The newest one counts however old it is: it says whether backups are failing.
                let wanted = runs.enumerated().filter { $0.offset == 0 || $0.element.nominalAt >= bound }
                return try await wanted.map(\.element).map(width: Self.width) { run in
                    try await self.catalog.record(run, of: instance)?.record
                }.compactMap(\.self)
            }
            limit *= 4
        }
    }

    private func documents(of instance: InstanceKey, about names: Set<String>) async throws -> RecoveryPoint.Documents {
        let digests = Set(names.map { CatalogPath.digest($0, in: self.container) })
        let verifications = try await self.documents.all(
            BackupVerification.self,
            below: CatalogPath.verifications(of: instance),
            only: digests
        )
        let pins = try await self.documents.all(
            BackupPins.self,
            below: CatalogPath.pins(of: instance),
            only: digests
        )
        let deletions = try await self.documents.all(
            BackupDeletions.self,
            below: CatalogPath.prunes(of: instance),
            only: digests
        )
        return RecoveryPoint.Documents(
            verifications: Dictionary(verifications.values.map { ($0.name, $0) }) { first, _ in first },
            pins: Dictionary(pins.values.map { ($0.name, $0) }) { first, _ in first },
            deletions: Dictionary(deletions.values.map { ($0.name, $0) }) { first, _ in first }
        )
    }

    /// Looks again at what seems to have vanished: between the listing and the reading of records a run may have ended.
    private func lookAgain(_ points: [RecoveryPoint], at now: Date) async throws -> [RecoveryPoint] {
        try await points.map(width: Self.width) { point in
            guard point.condition == .vanished, point.restorableUntil > now else { return point }
            var point = point
            if case .present(let blob) = try await self.blobs.properties(of: point.name, in: point.container) {
                point.blob = blob
            }
            return point
        }
    }
}
