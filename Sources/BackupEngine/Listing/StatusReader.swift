package import BackupDomain
package import FoundationEssentials

/// Reads how well instances are protected: from their summaries alone.
package struct StatusReader: Sendable {
    /// One instance with its verdict.
    package struct Line: Sendable {
        /// The instance's name.
        package var name: String
        /// The key that its records are filed under; nil where it has none and is known by its name only.
        package var key: InstanceKey?
        /// The resource id; nil where it has no record and is known by its name only.
        package var id: ResourceID?
        /// The verdict.
        package var status: ProtectionStatus
    }

    /// An instance that somebody wants protected.
    package struct Expected: Sendable {
        /// The instance's name.
        package var name: String
        /// The resource id, where it is known.
        package var id: ResourceID?
        /// What its backups are held to.
        package var expectation: ProtectionStatus.Expectation

        /// Creates a value.
        package init(name: String, id: ResourceID?, expectation: ProtectionStatus.Expectation) {
            self.name = name
            self.id = id
            self.expectation = expectation
        }

        func matches(_ key: InstanceKey) -> Bool {
            self.id.map { InstanceKey($0) == key } ?? (key.instanceName == self.name.lowercased())
        }
    }

    /// How many histories are read at once.
    private static let width = 16

    private let listing: BackupListing
    private let pauses: PauseBoard
    private let board: ScheduleBoard

    /// Creates a reader.
    ///
    /// - Parameters:
    ///   - blobs: The account's blob service.
    ///   - catalogContainer: The container of records.
    ///   - container: The container of backups.
    package init(blobs: any BlobStorage, catalogContainer: String, container: String) {
        let documents = CatalogDocuments(storage: blobs, container: catalogContainer)
        self.pauses = PauseBoard(documents: documents)
        self.board = ScheduleBoard(documents: documents)
        self.listing = BackupListing(
            blobs: blobs,
            catalog: BlobCatalog(storage: blobs, container: catalogContainer),
            container: container
        )
    }

    /// Judges instances: those that have records, and those that are expected to have some.
    ///
    /// - Parameters:
    ///   - instance: The instance's name; nil for all.
    ///   - expected: The instances that somebody wants protected.
    ///   - standard: What the backups of the others are held to.
    ///   - now: The present instant.
    /// - Returns: A line for each instance, the worst verdict first.
    /// - Throws: ``BackupDomain/BackupError``
    package func lines(
        of instance: String?,
        expecting expected: [Expected] = [],
        standard: ProtectionStatus.Expectation,
        at now: Date
    ) async throws -> [Line] {
        let pauses = try await self.pauses.all(at: now)
        let summaries = try await self.listing.summaries(of: instance, at: now)
        let histories = try await self.histories(
            of: summaries.map(\.instanceKey) + expected.compactMap { $0.id.map { InstanceKey($0) } }
        )
        var lines = summaries.map { summary in
            let key = summary.instanceKey
            return Line(
                name: summary.instance.name,
                key: key,
                id: summary.instance.id,
                status: ProtectionStatus(
                    summary,
                    pause: pauses[key],
                    history: histories[key],
                    expectation: expected.first { $0.matches(key) }?.expectation ?? standard,
                    at: now
                )
            )
        }
        for wanted in expected where instance.map({ $0.lowercased() == wanted.name.lowercased() }) ?? true {
            guard !summaries.contains(where: { wanted.matches($0.instanceKey) }) else { continue }
            let key = wanted.id.map { InstanceKey($0) }
            lines.append(
                Line(
                    name: wanted.name,
                    key: key,
                    id: wanted.id,
                    status: ProtectionStatus(
                        nil,
                        pause: key.flatMap { pauses[$0] },
                        history: key.flatMap { histories[$0] },
                        expectation: wanted.expectation,
                        at: now
                    )
                )
            )
        }
        return lines.sorted(by: Self.precedes)
    }

    private func histories(of keys: [InstanceKey]) async throws -> [InstanceKey: ScheduleHistory] {
        let board = self.board
        let found = try await Set(keys).map(width: Self.width) { key -> (InstanceKey, ScheduleHistory)? in
            do {
                return try await board.history(of: key).map { (key, $0) }
            } catch let error as BackupError where error.code == .notFound {
                // The container is not there yet.
                return nil
            }
        }
        return Dictionary(uniqueKeysWithValues: found.compactMap(\.self))
    }

    /// Sorts lines, also of several accounts: the worst verdict first.
    ///
    /// - Parameters:
    ///   - first: One line.
    ///   - second: Another.
    /// - Returns: Whether the first comes before the other.
    package static func precedes(_ first: Line, _ second: Line) -> Bool {
        let order = ProtectionStatus.Verdict.allCases
        let ranks = [first, second].map { line in order.firstIndex(of: line.status.verdict) ?? 0 }
        return (ranks[1], first.key?.text ?? first.name) < (ranks[0], second.key?.text ?? second.name)
    }
}
