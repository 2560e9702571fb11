package import BackupDomain
package import FoundationEssentials

/// Reads how well instances are protected: from one summary for each, and from what else the catalog holds a document of
/// for each instance, never for each backup.
package struct StatusReader: Sendable {
    /// One instance with its verdict.
    package struct Line: Sendable {
        /// The instance's name.
        package var name: String
        /// The key that its records are filed under.
        package var key: InstanceKey
        /// The resource id; nil where it has no record and is known by its name only.
        package var id: ResourceID?
        /// The verdict.
        package var status: ProtectionStatus
    }

    private let listing: BackupListing

    /// Creates a reader.
    ///
    /// - Parameter listing: The records.
    package init(_ listing: BackupListing) { self.listing = listing }

    /// Creates a reader of what the catalog container tells.
    ///
    /// - Parameters:
    ///   - blobs: The account's blob service.
    ///   - catalogContainer: The container of records.
    ///   - container: The container of backups.
    package init(blobs: any BlobStorage, catalogContainer: String, container: String) {
        let catalog = BlobCatalog(storage: blobs, container: catalogContainer)
        self.init(BackupListing(blobs: blobs, catalog: catalog, container: container))
    }

    /// Judges instances.
    ///
    /// - Parameters:
    ///   - instance: The instance's name; nil for all that have records, backups that others made, or a pause.
    ///   - expectation: What their backups are held to.
    ///   - now: The present instant.
    /// - Returns: A line for each instance, the worst verdict first.
    /// - Throws: ``BackupDomain/BackupError``
    package func lines(
        of instance: String?,
        expectation: ProtectionStatus.Expectation,
        at now: Date
    ) async throws -> [Line] {
        let summaries = try await self.listing.summaries(of: instance, at: now)
        let others = try await self.others(of: instance, at: now)
        let shrinkages = try await self.shrinkages(summaries, threshold: expectation.shrinkGuard)
        let byKey = Dictionary(summaries.map { ($0.instanceKey, $0) }) { first, _ in first }
        let keys = Set(byKey.keys).union(others.pauses.keys).union(others.adopted.keys)
        return keys.map { key in
            let (summary, pause) = (byKey[key], others.pauses[key])
            return Line(
                name: summary?.instance.name ?? pause?.instance.name ?? key.instanceName,
                key: key,
                id: summary?.instance.id ?? pause?.instance,
                status: ProtectionStatus(
                    summary,
                    adopted: others.adopted[key],
                    shrinkage: shrinkages[key],
                    pause: pause?.pause,
                    expectation: expectation,
                    at: now
                )
            )
        }.sorted(by: Self.precedes)
    }

    private typealias Others = (
        pauses: [InstanceKey: (instance: ResourceID, pause: SchedulePause)], adopted: [InstanceKey: AdoptedBackups]
    )

    /// Reads what there is beside the records.
    private func others(of instance: String?, at now: Date) async throws -> Others {
        guard !self.listing.records.isClosed else { return ([:], [:]) }
        func isMeant(_ key: InstanceKey) -> Bool { instance.map { key.instanceName == $0.lowercased() } ?? true }
        let documents = self.listing.records.catalog.documents
        var adopted: [InstanceKey: AdoptedBackups] = [:]
        for (name, document) in try await documents.all(AdoptedBackups.self, below: CatalogPath.adopted) {
            guard let key = InstanceKey(text: name), isMeant(key), !document.restorable(at: now).isEmpty else {
                continue
            }
            adopted[key] = document
        }
        let pauses = try await PauseBoard(documents: documents).inForce(at: now).filter { isMeant($0.key) }
        return (pauses, adopted)
    }

    /// Looks for backups that became small, and asks for a person's word only where there are some.
    private func shrinkages(
        _ summaries: [InstanceSummary],
        threshold: Double
    ) async throws -> [InstanceKey: ShrinkGuard.Alarm] {
        let documents = self.listing.records.catalog.documents
        let suspects = summaries.filter {
            ShrinkGuard(threshold: threshold, acknowledgement: nil).alarm($0) != nil
        }
        guard !self.listing.records.isClosed else { return [:] }
        let alarms = try await suspects.map(width: BackupListing.width) { summary in
            let path = CatalogPath.acknowledgements(of: summary.instanceKey)
            let known = try await documents.read(ShrinkAcknowledgements.self, at: path)?.document.entries.last
            return (summary.instanceKey, ShrinkGuard(threshold: threshold, acknowledgement: known).alarm(summary))
        }
        return Dictionary(alarms.compactMap { key, alarm in alarm.map { (key, $0) } }) { first, _ in first }
    }

    private static func precedes(_ first: Line, _ second: Line) -> Bool {
        let order = ProtectionStatus.Verdict.allCases
        let ranks = [first, second].map { line in order.firstIndex(of: line.status.verdict) ?? 0 }
        return (ranks[1], first.key) < (ranks[0], second.key)
    }
}
