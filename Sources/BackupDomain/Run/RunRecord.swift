package import FoundationEssentials

/// Everything there is to know of one run: written before each step that Azure can see, final once it has an outcome.
///
/// Kept as JSON. Fields are only ever added; readers ignore what they do not know. A record whose ``version`` is newer
/// than ``currentVersion`` is refused. A record has the oldest version whose readers can honour it: that of a run that only
/// took an inventory, or took one at level `everything`, is of version 2, all others are of version 1.
package struct RunRecord: Sendable, Codable, Equatable, CatalogDocument {
    /// The newest format that this program reads.
    package static let currentVersion = 2

    /// The format's version.
    package var version = 1
    /// The run's id.
    package var run: RunID
    /// The instance as it was.
    package var instance: RecordedInstance
    /// The time for which the backup is made.
    package var nominalAt: Date
    /// What set the run off.
    package var trigger: RunTrigger
    /// Where the backup and this record go.
    package var storage: RecordedStorage
    /// How API Management reaches the account.
    package var access: RecordedAccess
    /// The api-version of the backup call.
    package var azureAPIVersion: String
    /// The template of the backup's name.
    package var backupNameTemplate: String
    /// Counts the processes that took the run over, from 1.
    package var generation = 1
    /// How each process that took the run over found it, oldest first; nil where none did, and in older records.
    package var takeovers: [RunTakeover]?
    /// How far the run has come.
    package var state: RunState
    /// Every state entered, oldest first.
    package var history: [RunStateChange]
    /// Every POST made or meant, oldest first; one without an answer that was gone back to stands last.
    package var attempts: [RunAttempt] = []
    /// How the run ended; nil until then.
    package var outcome: RunOutcome?
    /// Why it did not end verified.
    package var error: BackupError?
    /// What deserves attention although the run ended well.
    package var warnings: [String] = []
    /// What lay in the instance before the backup; nil where that was not asked for, and in older records.
    package var inventory: RecordedInventory?
    /// Whether the run takes an inventory and makes no backup; nil where it makes one.
    package var inventoryOnly: Bool?
    /// The backup, as it was seen in the container or as Azure said that it is there.
    package var backup: RecordedBackup?
    /// The one command that restores this backup without our program; nil until there is a backup.
    package var restoreCommand: String?
    /// The whole service resource as Azure gave it before the backup: what an empty instance is rebuilt from.
    package var service: JSONValue
    /// The program that wrote the record, with its version.
    package var program: String
    /// What is brought back, in the record of a restore; nil in that of a backup.
    package var restore: RecordedRestore?
    /// The name of the backup that was about to be restored into the instance, where this one was made first to be safe; nil in others.
    package var beforeRestoreOf: String?

    /// Creates the record of a run that has not begun.
    package init(
        run: RunID,
        instance: RecordedInstance,
        nominalAt: Date,
        trigger: RunTrigger,
        storage: RecordedStorage,
        access: RecordedAccess,
        azureAPIVersion: String,
        backupNameTemplate: String,
        plannedAt: Date,
        service: JSONValue,
        program: String
    ) {
        self.run = run
        self.instance = instance
        self.nominalAt = nominalAt
        self.trigger = trigger
        self.storage = storage
        self.access = access
        self.azureAPIVersion = azureAPIVersion
        self.backupNameTemplate = backupNameTemplate
        self.state = .planned
        self.history = [RunStateChange(state: .planned, at: plannedAt)]
        self.service = service
        self.program = program
    }

    /// What the run does.
    package var kind: RunKind { self.restore == nil ? .backup : .restore }

    /// Whether the run takes an inventory and makes no backup.
    package var isInventoryOnly: Bool { self.inventoryOnly ?? false }

    /// Makes it the record of a run that takes an inventory and makes no backup.
    package mutating func takeInventoryOnly() {
        self.inventoryOnly = true
        self.version = 2
    }

    /// Files what is said of the inventory.
    ///
    /// - Parameter inventory: What is said of it.
    package mutating func note(_ inventory: RecordedInventory) {
        self.inventory = inventory
        // The level's name is unknown to readers of version 1.
        if inventory.level == .everything { self.version = 2 }
    }

    /// The key that the record is filed under.
    package var instanceKey: InstanceKey { InstanceKey(self.instance.id) }

    /// How long the backup, or the restore, took, in whole seconds; nil until the run has ended, and where nothing was posted.
    ///
    /// By Azure's clocks, from its answer to the last write of the blob, where both were seen: a run that was left behind
    /// may have been written up hours later. Otherwise from the POST to the end of the run.
    package var timeTaken: Duration? {
        guard self.state == .ended, let attempt = self.attempts.last, let ended = self.history.last?.at else {
            return nil
        }
        if let written = self.backup?.modifiedAt ?? self.backup?.createdAt {
            let began = attempt.answeredAt ?? attempt.absentAt ?? attempt.intendedAt
            return .seconds(max(0, written.timeIntervalSince(began)).rounded())
        }
        return .seconds(ended.timeIntervalSince(attempt.intendedAt).rounded())
    }

    private enum CodingKeys: String, CodingKey {
        case version, run, instance, nominalAt, trigger, storage, access, backupNameTemplate, generation, takeovers
        case state, history, attempts, outcome, error, warnings, inventory, inventoryOnly, backup, restoreCommand,
            service
        case program, restore, beforeRestoreOf
        case azureAPIVersion = "azureApiVersion"
    }
}
