package import FoundationEssentials

/// One run as an instance's summary tells it: how it ended, and the backup that came of it.
package struct SummarizedRun: Sendable, Codable, Hashable {
    /// What a later look at the backup showed.
    package enum Standing: String, Sendable, Codable {
        /// It lies there as it was recorded.
        case present
        /// It is gone, and nobody of ours deleted it.
        case vanished
        /// It is another blob than the one that was verified.
        case changed
        /// Retention deleted it.
        case pruned
    }

    /// The run's id.
    package var run: RunID
    /// The instance's name.
    package var instance: String
    /// The time for which the backup was made.
    package var nominalAt: Date
    /// What set the run off.
    package var trigger: RunTrigger
    /// How far the run had come.
    package var state: RunState
    /// How the run ended; nil until then.
    package var outcome: RunOutcome?
    /// When it was begun; nil in summaries that were written before this was noted.
    package var startedAt: Date?
    /// When it entered its last state.
    package var changedAt: Date
    /// Why it did not end verified.
    package var errorCode: BackupError.Code?
    /// The blob's name; nil where the run never came to name one.
    package var backupName: String?
    /// All names that the run has asked for, the one of the backup among them.
    package var names: [String]
    /// The container that the backup lies in.
    package var container: String
    /// The size in bytes, as the run saw it.
    package var bytes: Int?
    /// The version of the blob that the run saw.
    package var etag: ETag?
    /// When the blob was created, by the blob service's clock.
    package var createdAt: Date?
    /// Until when Azure restores it.
    package var restorableUntil: Date?
    /// What lay in the instance before the backup; nil where no inventory was taken, and in summaries of earlier releases.
    package var inventory: SummarizedInventory?
    /// Whether it took an inventory and made no backup; nil where it made one.
    package var inventoryOnly: Bool?
    /// What the last look since the run showed; nil where nobody has looked.
    package var standing: Standing?
    /// When that look was, by the blob service's clock; nil in summaries of earlier releases.
    package var standingAt: Date?

    /// Takes over what a summary tells of a run.
    ///
    /// - Parameter record: The run's record.
    package init(_ record: RunRecord) {
        self.run = record.run
        self.instance = record.instance.name
        self.nominalAt = record.nominalAt
        self.trigger = record.trigger
        self.state = record.state
        self.outcome = record.outcome
        self.startedAt = record.history.first?.at
        self.changedAt = record.history.last?.at ?? record.nominalAt
        self.errorCode = record.error?.code
        self.backupName = record.backup?.name ?? record.attempts.last?.backupName
        self.names = record.attempts.map(\.backupName)
        self.container = record.storage.container
        self.bytes = record.backup?.bytes
        self.etag = record.backup?.etag
        self.createdAt = record.backup?.createdAt
        self.restorableUntil = record.backup?.restorableUntil
        self.inventory = record.inventory.flatMap(SummarizedInventory.init)
        self.inventoryOnly = record.inventoryOnly
    }

    /// When its backup was made, by the blob service's clock; the time that it was made for where that is not known.
    package var madeAt: Date { self.createdAt ?? self.nominalAt }

    /// How long it took; nil while it has no end, or where its beginning was not noted.
    package var duration: Duration? {
        guard self.state == .ended, let startedAt = self.startedAt else { return nil }
        return .seconds(max(0, self.changedAt.timeIntervalSince(startedAt)))
    }

    /// Whether it took an inventory and made no backup.
    package var isInventoryOnly: Bool { self.inventoryOnly ?? false }

    /// Whether its end says how things stand: one that found the instance busy, or was stopped by a person, says nothing.
    package var isDecisive: Bool { ![nil, .busy, .interrupted].contains(self.outcome) }

    /// Whether this is a verified backup which no later look has found gone or changed.
    package var isGood: Bool {
        self.outcome == .verified && (self.standing ?? .present) == .present
    }

    /// Whether Azure can restore from it.
    ///
    /// - Parameter now: The present instant.
    /// - Returns: Whether it is good and younger than 30 days.
    package func isRecoveryPoint(at now: Date) -> Bool {
        self.isGood && self.restorableUntil.map { $0 > now } ?? false
    }
}
