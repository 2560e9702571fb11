package import FoundationEssentials

/// A restore that has no end on record yet: nobody deletes the backup that it reads.
///
/// Azure reads the backup for as long as the restore takes, whatever became of the process that asked for it. So a restore is
/// open from its first record on until that is final.
package struct OpenRestore: Sendable, Hashable {
    /// For how many seconds a restore counts as open whose record does not change: a day.
    ///
    /// One that nobody takes up again would hold its backup for ever.
    package static let countsFor: TimeInterval = 86_400

    /// The restore's run.
    package var run: RunID
    /// The name of the instance that it goes into.
    package var target: String
    /// The container of the backup.
    package var container: String
    /// The backup's name.
    package var name: String

    /// Creates a value.
    package init(run: RunID, target: String, container: String, name: String) {
        self.run = run
        self.target = target
        self.container = container
        self.name = name
    }

    /// Takes what a record says.
    ///
    /// - Parameter record: The record; nil is made of one that is final, and of a backup's.
    package init?(_ record: RunRecord) {
        guard record.state != .ended, let backup = record.restore?.backup else { return nil }
        self.init(run: record.run, target: record.instance.name, container: backup.container, name: backup.name)
    }

    /// Whether it reads a backup.
    ///
    /// The account is not compared: a backup of the same name in another one is kept for nothing, at the most, for as long as
    /// the restore takes.
    ///
    /// - Parameter point: The backup.
    /// - Returns: Whether it does.
    package func reads(_ point: RecoveryPoint) -> Bool {
        self.name == point.name && self.container == point.container
    }

    /// What it does, as a clause without an end.
    package var clause: String { "a restore into \(self.target) reads it (run \(self.run))" }
}
