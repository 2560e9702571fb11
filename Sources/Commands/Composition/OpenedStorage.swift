import BackupDomain
import BackupEngine
import FoundationEssentials
import Inventory
import LocalFiles
import Settings

/// The two containers of a storage account, reached for the time of one command.
struct OpenedStorage: Sendable {
    /// Which containers.
    let settings: StorageSettings
    /// The account with its client.
    let storage: RunStorage
    /// The records that this machine keeps.
    let local: LocalRecords
    /// The records of runs, in the catalog container and on this machine.
    let records: RunRecords
    /// The records of restores, likewise.
    let restores: RunRecords
    /// Instances that may own backups although no record names them.
    private let candidates: InstanceCandidates
    private let clock: any WallClock

    /// Opens the containers.
    ///
    /// - Parameters:
    ///   - settings: Which containers.
    ///   - storage: The account with its client.
    ///   - local: The records that this machine keeps.
    ///   - candidates: Instances that may own backups although no record names them.
    ///   - clock: The time.
    ///   - warn: Told of records that are damaged and passed over.
    init(
        _ settings: StorageSettings,
        _ storage: RunStorage,
        local: LocalRecords,
        candidates: InstanceCandidates,
        clock: any WallClock,
        warn: @escaping @Sendable (BackupError) -> Void
    ) {
        self.settings = settings
        self.storage = storage
        self.local = local
        self.candidates = candidates
        let tell: @Sendable (BackupError) -> Void = { refusal in
            warn(
                BackupError(
                    refusal.code,
                    "Only the records of this machine are shown (\(local.folder ?? "-")): \(refusal.message)"
                )
            )
        }
        self.records = RunRecords(
            BlobCatalog(storage: storage.blobs, container: settings.catalogContainer, tell: warn),
            local: local,
            of: storage.account.name,
            tell: tell
        )
        self.restores = RunRecords(
            BlobCatalog(storage: storage.blobs, container: settings.catalogContainer, kind: .restore, tell: warn),
            local: local.records(of: .restore),
            of: storage.account.name,
            tell: tell
        )
        self.clock = clock
    }

    /// The account's name.
    var account: String { self.storage.account.name }

    /// The container of records, for messages.
    var catalogPlace: String { "\(self.account)/\(self.settings.catalogContainer)" }

    /// The container of backups, for messages.
    var backupPlace: String { "\(self.account)/\(self.settings.container)" }

    /// The records of runs in the catalog container.
    var catalog: BlobCatalog { self.records.catalog }

    /// The other documents of the catalog.
    var documents: CatalogDocuments {
        CatalogDocuments(storage: self.storage.blobs, container: self.settings.catalogContainer)
    }

    /// What backups and runs there are.
    var listing: BackupListing {
        BackupListing(
            blobs: self.storage.blobs,
            records: self.records,
            container: self.settings.container,
            candidates: self.candidates
        )
    }

    /// The records that this machine keeps of one kind of runs.
    ///
    /// - Parameter kind: What the runs do.
    /// - Returns: The records.
    func localRecords(of kind: RunKind) -> any Catalog {
        kind == .backup ? self.local : self.local.records(of: kind)
    }

    /// Whether there are records of an instance, or may be where nobody may look.
    ///
    /// - Parameter name: The instance's name.
    /// - Returns: Whether there are, of backups or of restores; true where the catalog is closed to the caller.
    /// - Throws: ``BackupDomain/BackupError``
    func knows(_ name: String) async throws -> Bool {
        var known = try await self.records.instances()
        if self.records.isClosed { return true }
        known += try await self.restores.instances()
        return known.contains { $0.instanceName == name.lowercased() }
    }

    /// Reads the restores that have no outcome yet.
    ///
    /// - Parameters:
    ///   - name: The instance's name; nil for all.
    ///   - now: The present instant.
    /// - Returns: The records; none where the catalog is closed to the caller and this machine has none either.
    /// - Throws: ``BackupDomain/BackupError``
    func unfinishedRestores(
        of name: String?,
        at now: Date
    ) async throws -> [(instance: InstanceKey, runs: ReadRecords)] {
        do {
            return try await self.restores.unfinishedRuns(of: name, at: now)
        } catch let error as BackupError where [.permissionDenied, .storageAccountNotFound].contains(error.code) {
            return []
        }
    }

    /// The recovery points.
    var points: RecoveryPointSource {
        RecoveryPointSource(
            blobs: self.storage.blobs,
            catalog: self.catalog,
            documents: self.documents,
            container: self.settings.container,
            candidates: self.candidates,
            clock: self.clock
        )
    }

    /// The pins.
    var pins: PinBoard { PinBoard(documents: self.documents, blobs: self.storage.blobs, clock: self.clock) }

    /// What operators say of backups that became smaller.
    var shrinks: ShrinkBoard { ShrinkBoard(source: self.points, clock: self.clock) }

    /// The inventories of instances.
    var inventories: InventoryStore {
        InventoryStore(storage: self.storage.blobs, container: self.settings.catalogContainer)
    }

    /// The pauses of schedules.
    var pauses: PauseBoard { PauseBoard(documents: self.documents) }

    /// What became of the times of schedules.
    var board: ScheduleBoard { ScheduleBoard(documents: self.documents) }

    /// What was left out of the schedules of instances.
    ///
    /// - Parameter instance: The instance's name; nil for all.
    /// - Returns: The lines of a listing.
    /// - Throws: ``BackupDomain/BackupError``
    func leftOut(of instance: String?) async throws -> [ListedBackup] {
        guard !self.records.isClosed else { return [] }
        return try await self.board.all().values
            .filter { history in instance.map { $0.lowercased() == history.instance.name.lowercased() } ?? true }
            .flatMap { ListedBackup.leftOut($0) }
    }

    /// How well instances are protected.
    var status: StatusReader {
        StatusReader(self.listing, clock: self.clock)
    }

    /// The lock of an instance.
    ///
    /// - Parameter key: The instance's key.
    /// - Returns: The lock.
    func lock(of key: InstanceKey) -> InstanceLock {
        InstanceLock(
            of: key,
            blobs: self.storage.blobs,
            container: self.settings.catalogContainer,
            clock: self.clock
        )
    }
}
