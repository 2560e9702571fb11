package import BackupDomain
package import FoundationEssentials

/// Reads how well instances are protected: from one summary for each, from what else the catalog holds a document of for
/// each instance, never for each backup, and from a look at each instance's newest good backup.
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
        /// What the doctor found at its last daily look; nil where there was none.
        package var checkup: CheckupRecord?
        /// What a look at its newest good backups showed; nil where no record names one that Azure still restores.
        package var look: NewestBackupLook?
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

    private let listing: BackupListing
    private let clock: any WallClock

    /// Creates a reader.
    ///
    /// - Parameters:
    ///   - listing: The records.
    ///   - clock: The clock that tells the present instant.
    package init(_ listing: BackupListing, clock: any WallClock) {
        self.listing = listing
        self.clock = clock
    }

    /// Creates a reader of what the catalog container tells.
    ///
    /// - Parameters:
    ///   - blobs: The account's blob service.
    ///   - catalogContainer: The container of records.
    ///   - container: The container of backups.
    ///   - clock: The clock that tells the present instant.
    package init(blobs: any BlobStorage, catalogContainer: String, container: String, clock: any WallClock) {
        let catalog = BlobCatalog(storage: blobs, container: catalogContainer)
        self.init(BackupListing(blobs: blobs, catalog: catalog, container: container), clock: clock)
    }

    /// Judges instances: those that have records, backups that others made or a pause, and those that are expected to have
    /// some.
    ///
    /// - Parameters:
    ///   - instance: The instance's name; nil for all.
    ///   - expected: The instances that somebody wants protected.
    ///   - standard: What the backups of the others are held to.
    ///   - now: The present instant.
    /// - Returns: A line for each instance, the worst verdict first.
    /// - Throws: ``BackupDomain/BackupError`` with code `clockOff` where this machine's clock is not the blob service's: what
    ///   Azure no longer restores would count.
    package func lines(
        of instance: String?,
        expecting expected: [Expected] = [],
        standard: ProtectionStatus.Expectation,
        at now: Date
    ) async throws -> [Line] {
        let recorded = try await self.listing.runs(of: instance, at: now)
        let others = try await self.others(of: instance, at: now)
        let byKey = Dictionary(recorded.map { ($0.instanceKey, $0) }) { first, _ in first }
        let looks = try await self.looks(at: recorded.compactMap(\.summary), at: now)
        let summaries = looks.values.map(\.summary)
        func expectation(_ key: InstanceKey) -> ProtectionStatus.Expectation {
            expected.first { $0.matches(key) }?.expectation ?? standard
        }
        let shrinkages = try await self.shrinkages(summaries.map { ($0, expectation($0.instanceKey).shrinkGuard) })
        let keys = Set(byKey.keys).union(others.pauses.keys).union(others.adopted.keys)
        var lines = keys.map { key in
            let (summary, pause) = (looks[key]?.summary, others.pauses[key])
            return Line(
                name: summary?.instance.name ?? pause?.instance.name ?? key.instanceName,
                key: key,
                id: summary?.instance.id ?? pause?.instance,
                status: ProtectionStatus(
                    summary,
                    refused: byKey[key]?.refused ?? [],
                    adopted: others.adopted[key],
                    findings: looks[key]?.findings ?? [:],
                    shrinkage: shrinkages[key],
                    pause: pause?.pause,
                    drills: others.drills[key],
                    history: others.histories[key],
                    expectation: expectation(key),
                    at: now
                ),
                checkup: others.checkups[key],
                look: looks[key].flatMap { $0.newest == nil ? nil : $0 }
            )
        }
        for wanted in expected where instance.map({ $0.lowercased() == wanted.name.lowercased() }) ?? true {
            guard !keys.contains(where: wanted.matches) else { continue }
            lines.append(Self.unrecorded(wanted, others, at: now))
        }
        return lines.sorted(by: Self.precedes)
    }

    /// What there is to say of an instance that somebody wants protected and that has no record.
    private static func unrecorded(_ wanted: Expected, _ others: Others, at now: Date) -> Line {
        let key = wanted.id.map { InstanceKey($0) }
        let status = ProtectionStatus(
            nil,
            pause: nil,
            history: key.flatMap { others.histories[$0] },
            expectation: wanted.expectation,
            at: now
        )
        let checkup = others.checkups.first { wanted.matches($0.key) }?.value
        return Line(name: wanted.name, key: key, id: wanted.id, status: status, checkup: checkup)
    }

    /// Looks at each instance's newest good backup, a few at once.
    private func looks(at summaries: [InstanceSummary], at now: Date) async throws -> [InstanceKey: NewestBackupLook] {
        // Whoever may not read the catalog may not read the backups either.
        let blobs = self.listing.records.isClosed ? nil : self.listing.blobs
        let looks = try await summaries.map(width: BackupListing.width) { summary in
            try await NewestBackupLook(summary, at: now, in: blobs)
        }
        return Dictionary(looks.map { ($0.summary.instanceKey, $0) }) { first, _ in first }
    }

    private struct Others {
        var pauses: [InstanceKey: (instance: ResourceID, pause: SchedulePause)] = [:]
        var adopted: [InstanceKey: AdoptedBackups] = [:]
        var histories: [InstanceKey: ScheduleHistory] = [:]
        var drills: [InstanceKey: DrillHistory] = [:]
        var checkups: [InstanceKey: CheckupRecord] = [:]
    }

    /// Reads what there is beside the records.
    private func others(of instance: String?, at now: Date) async throws -> Others {
        guard !self.listing.records.isClosed else { return Others() }
        func isMeant(_ key: InstanceKey) -> Bool { instance.map { key.instanceName == $0.lowercased() } ?? true }
        let documents = self.listing.records.catalog.documents
        var adopted: [InstanceKey: AdoptedBackups] = [:]
        let found = try await documents.all(AdoptedBackups.self, below: CatalogPath.adopted, checking: self.clock)
        for (name, document) in found {
            guard let key = InstanceKey(text: name), isMeant(key), !document.restorable(at: now).isEmpty else {
                continue
            }
            adopted[key] = document
        }
        let pauses = try await PauseBoard(documents: documents).inForce(at: now).filter { isMeant($0.key) }
        // Only what schedulers have seen has a history, so that the others cost no call.
        let histories = try await ScheduleBoard(documents: documents).all().filter { isMeant($0.key) }
        var drills: [InstanceKey: DrillHistory] = [:]
        for (name, history) in try await documents.all(DrillHistory.self, below: CatalogPath.drills) {
            if let key = InstanceKey(text: name), isMeant(key) { drills[key] = history }
        }
        let checkups = try await CheckupBoard(documents: documents).all().filter { isMeant($0.key) }
        return Others(pauses: pauses, adopted: adopted, histories: histories, drills: drills, checkups: checkups)
    }

    /// Looks for backups that became small, and asks for a person's word only where there are some.
    private func shrinkages(
        _ summaries: [(summary: InstanceSummary, threshold: Double)]
    ) async throws -> [InstanceKey: ShrinkGuard.Alarm] {
        guard !self.listing.records.isClosed else { return [:] }
        let documents = self.listing.records.catalog.documents
        let suspects = summaries.filter {
            ShrinkGuard(threshold: $0.threshold, acknowledgement: nil).alarm($0.summary) != nil
        }
        let alarms = try await suspects.map(width: BackupListing.width) { summary, threshold in
            let path = CatalogPath.acknowledgements(of: summary.instanceKey)
            let known = try await documents.read(ShrinkAcknowledgements.self, at: path)?.document.entries.last
            return (summary.instanceKey, ShrinkGuard(threshold: threshold, acknowledgement: known).alarm(summary))
        }
        return Dictionary(alarms.compactMap { key, alarm in alarm.map { (key, $0) } }) { first, _ in first }
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
