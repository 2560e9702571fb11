import BackupDomain
import Synchronization

/// Remembers which run a process began or took over, and what it wrote of its end, for the case that it loses the lock.
final class WorkedRun: Sendable {
    private let stored = Mutex<RunRecord?>(nil)
    private let written = Mutex<RunReport?>(nil)

    /// The run's record as it was when the work on it began; nil where none has begun.
    var record: RunRecord? { self.stored.withLock(\.self) }

    /// What there is to report of the run; nil until its final record is in the catalog.
    var report: RunReport? { self.written.withLock(\.self) }

    func note(_ record: RunRecord) { self.stored.withLock { $0 = record } }

    func note(_ report: RunReport) { self.written.withLock { $0 = report } }
}
