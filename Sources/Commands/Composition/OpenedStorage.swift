import BackupDomain
import BackupEngine
import Settings

/// The two containers of a storage account, reached for the time of one command.
struct OpenedStorage: Sendable {
    /// Which containers.
    let settings: StorageSettings
    /// The account with its client.
    let storage: RunStorage
    private let clock: any WallClock
    private let warn: @Sendable (BackupError) -> Void

    /// Opens the containers.
    ///
    /// - Parameters:
    ///   - settings: Which containers.
    ///   - storage: The account with its client.
    ///   - clock: The time.
    ///   - warn: Told of records that are damaged and passed over.
    init(
        _ settings: StorageSettings,
        _ storage: RunStorage,
        clock: any WallClock,
        warn: @escaping @Sendable (BackupError) -> Void
    ) {
        self.settings = settings
        self.storage = storage
        self.clock = clock
        self.warn = warn
    }

    /// The account's name.
    var account: String { self.storage.account.name }

    /// The container of records, for messages.
    var catalogPlace: String { "\(self.account)/\(self.settings.catalogContainer)" }

    /// The container of backups, for messages.
    var backupPlace: String { "\(self.account)/\(self.settings.container)" }

    /// The records of runs.
    var catalog: BlobCatalog {
        BlobCatalog(storage: self.storage.blobs, container: self.settings.catalogContainer, tell: self.warn)
    }

    /// The other documents of the catalog.
    var documents: CatalogDocuments {
        CatalogDocuments(storage: self.storage.blobs, container: self.settings.catalogContainer)
    }

    /// What backups and runs there are.
    var listing: BackupListing {
        BackupListing(blobs: self.storage.blobs, catalog: self.catalog, container: self.settings.container)
    }

    /// The recovery points.
    var points: RecoveryPointSource {
        RecoveryPointSource(
            blobs: self.storage.blobs,
            catalog: self.catalog,
            documents: self.documents,
            container: self.settings.container,
            clock: self.clock
        )
    }

    /// The pins.
    var pins: PinBoard { PinBoard(documents: self.documents, blobs: self.storage.blobs, clock: self.clock) }

    /// What operators say of backups that became smaller.
    var shrinks: ShrinkBoard { ShrinkBoard(source: self.points, clock: self.clock) }

    /// The pauses of schedules.
    var pauses: PauseBoard { PauseBoard(documents: self.documents) }

    /// How well instances are protected.
    var status: StatusReader {
        StatusReader(
            blobs: self.storage.blobs,
            catalogContainer: self.settings.catalogContainer,
            container: self.settings.container
        )
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
