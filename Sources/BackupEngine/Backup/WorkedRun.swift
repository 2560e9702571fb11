import BackupDomain
import Synchronization

/// Remembers which run a process began or took over, for the case that it loses the lock in the middle.
final class WorkedRun: Sendable {
    private let stored = Mutex<RunRecord?>(nil)

    /// The run's record as it was when the work on it began; nil where none has begun.
    var record: RunRecord? { self.stored.withLock(\.self) }

    func note(_ record: RunRecord) { self.stored.withLock { $0 = record } }
}
