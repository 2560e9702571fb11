import BackupDomain
import BackupEngine
import Foundation

/// What `run --due` came to for one instance.
struct DueEnd: Sendable {
    /// The instance's resource id; nil where it could not be found.
    var instance: ResourceID?
    /// Why it could not be looked after; nil where it was.
    var trouble: BackupError?
    /// How its runs ended, and what kept one from beginning.
    var ends: [InstanceEnd] = []
    /// The exit codes of all that was due.
    var statuses: [ExitStatus] = []
    /// When the next time is due; nil where none comes, or nothing is known of the instance.
    var nextAt: Date?

    /// The exit code for it alone: 0 where nothing was due.
    var status: ExitStatus { .common(self.statuses) }
}
