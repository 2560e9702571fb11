package import FoundationEssentials

/// What a restore brings back, and who has confirmed it: the part of a record that only a restore has.
package struct RecordedRestore: Sendable, Codable, Hashable {
    /// The confirmation without which nothing is restored.
    package struct Confirmation: Sendable, Codable, Hashable {
        /// The instance's name as it was typed.
        package var name: String
        /// When.
        package var at: Date
        /// As whom.
        package var by: RecordedPrincipal

        /// Creates a value.
        package init(name: String, at: Date, by: RecordedPrincipal) {
            self.name = name
            self.at = at
            self.by = by
        }
    }

    /// The backup.
    package var backup: RecordedBackup
    /// The run that made the backup; nil for one that others made.
    package var run: RunID?
    /// The instance that it is a backup of, as it was then; nil where no record tells.
    package var source: RecordedInstance?
    /// Who confirmed the plan.
    package var confirmation: Confirmation
    /// The run that backed the target up first; nil where there was none.
    package var safetyBackup: RunID?

    /// Creates a value; without a safety backup by default.
    package init(
        backup: RecordedBackup,
        run: RunID?,
        source: RecordedInstance?,
        confirmation: Confirmation,
        safetyBackup: RunID? = nil
    ) {
        self.backup = backup
        self.run = run
        self.source = source
        self.confirmation = confirmation
        self.safetyBackup = safetyBackup
    }
}
