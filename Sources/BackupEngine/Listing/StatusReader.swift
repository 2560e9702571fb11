package import BackupDomain
package import FoundationEssentials

/// Reads how well instances are protected: from their summaries alone.
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
    private let pauses: PauseBoard

    /// Creates a reader.
    ///
    /// - Parameters:
    ///   - blobs: The account's blob service.
    ///   - catalogContainer: The container of records.
    ///   - container: The container of backups.
    package init(blobs: any BlobStorage, catalogContainer: String, container: String) {
        self.pauses = PauseBoard(documents: CatalogDocuments(storage: blobs, container: catalogContainer))
        self.listing = BackupListing(
            blobs: blobs,
            catalog: BlobCatalog(storage: blobs, container: catalogContainer),
            container: container
        )
    }

    /// Judges instances.
    ///
    /// - Parameters:
    ///   - instance: The instance's name; nil for all that have records.
    ///   - expectation: What their backups are held to.
    ///   - now: The present instant.
    /// - Returns: A line for each instance, the worst verdict first.
    /// - Throws: ``BackupDomain/BackupError``
    package func lines(
        of instance: String?,
        expectation: ProtectionStatus.Expectation,
        at now: Date
    ) async throws -> [Line] {
        let pauses = try await self.pauses.all(at: now)
        return try await self.listing.summaries(of: instance, at: now).map { summary in
            Line(
                name: summary.instance.name,
                key: summary.instanceKey,
                id: summary.instance.id,
                status: ProtectionStatus(
                    summary,
                    pause: pauses[summary.instanceKey],
                    expectation: expectation,
                    at: now
                )
            )
        }.sorted(by: Self.precedes)
    }

    private static func precedes(_ first: Line, _ second: Line) -> Bool {
        let order = ProtectionStatus.Verdict.allCases
        let ranks = [first, second].map { line in order.firstIndex(of: line.status.verdict) ?? 0 }
        return (ranks[1], first.key) < (ranks[0], second.key)
    }
}
