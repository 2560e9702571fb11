package import BackupDomain
package import FoundationEssentials

/// One run that somebody wants, a backup or a restore: of which instance, where its record goes, and how.
package struct BackupOrder: Sendable {
    /// The instance.
    package var instance: ResourceID
    /// The time for which the backup is made.
    package var nominalAt: Date
    /// What the run is to do.
    package var kind: RunKind
    /// Whether only the instance's inventory is to be taken, and no backup made.
    package var isInventoryOnly: Bool
    /// What is restored; nil for backups, and where a restore is only to be followed.
    package var restore: RestoreSource?
    /// The name of the backup that is about to be restored into the instance, where this one is made first to be safe.
    package var beforeRestoreOf: String?
    /// The run's id where it was made before the instance was found; nil derives it from the instance and the nominal time.
    package var ownRun: RunID?
    /// What set it off.
    package var trigger: RunTrigger
    /// The container of backups.
    package var container: String
    /// The container of records.
    package var catalogContainer: String
    /// How API Management reaches the account.
    package var access: StorageAccess
    /// The template of the backup's name.
    package var nameTemplate: BackupNameTemplate
    /// The api-version of the backup call.
    package var azureAPIVersion: String
    /// Whether to return once Azure has accepted.
    package var returnsOnceAccepted: Bool
    /// Whether to follow only what is under way already, and begin nothing.
    package var onlyResumes: Bool
    /// Whether the order's own run is gone on with where it was left before its POST, and left so on a request to stop.
    ///
    /// A time of a schedule has one run, which no other can replace. Without it such a run is given up.
    package var goesOnUnposted: Bool
    /// How long to wait for what.
    package var limits: RunLimits

    /// The run's id.
    package var run: RunID {
        self.ownRun ?? RunID(instance: self.instance, nominalAt: self.nominalAt, kind: self.kind)
    }

    /// Whether a run is the order's own, to be gone on with even where nothing of it was posted yet.
    ///
    /// - Parameter record: The record of the run that was found.
    /// - Returns: Whether it is.
    func goesOn(with record: RunRecord) -> Bool {
        self.goesOnUnposted && record.run == self.run && record.isInventoryOnly == self.isInventoryOnly
    }

    /// Whether a run that was left behind is done from its beginning, whoever ordered it: nothing was asked of Azure but to be
    /// read.
    ///
    /// - Parameter record: The record of the run that was found.
    /// - Returns: Whether it is.
    func readsAnew(_ record: RunRecord) -> Bool {
        record.isInventoryOnly && self.isInventoryOnly && !self.onlyResumes
    }

    /// Creates an order with the defaults of the product.
    ///
    /// - Parameters:
    ///   - instance: The instance.
    ///   - nominalAt: The time for which the backup is made.
    package init(instance: ResourceID, nominalAt: Date) {
        self.instance = instance
        self.nominalAt = nominalAt.wholeSeconds
        self.kind = .backup
        self.isInventoryOnly = false
        self.trigger = .manual
        self.container = "apim-backups"
        self.catalogContainer = "apim-backups-catalog"
        self.access = .systemAssignedManagedIdentity
        self.nameTemplate = .standard
        self.azureAPIVersion = "2024-05-01"
        self.returnsOnceAccepted = false
        self.onlyResumes = false
        self.goesOnUnposted = false
        self.limits = RunLimits()
    }

    /// Says that settings contradict themselves: only an inventory is wanted, and none is to be taken.
    ///
    /// - Parameter instance: The instance's name.
    /// - Returns: The error, with code `invalidInput`.
    package static func nothingToRead(_ instance: String) -> BackupError {
        BackupError(
            .invalidInput,
            "Only the inventory of \(instance) is to be taken, and 'inventory: off' takes none.",
            remedy: "Say 'inventory: names' or 'inventory: full' for it."
        )
    }
}
