import BackupDomain
import Synchronization

/// Remembers which run a process is at work on, and what came of it, for the case that it loses the lock.
final class WorkedRun: Sendable {
    private struct State {
        var record: RunRecord?
        var report: RunReport?
    }

    private let state = Mutex(State())

    /// The run's record as it was when the work on it began; nil where none has begun.
    var record: RunRecord? { self.state.withLock(\.record) }

    /// What there is to report of that run; nil until this process is through with it, and its record is in the catalog.
    var report: RunReport? { self.state.withLock(\.report) }

    func note(_ record: RunRecord) { self.state.withLock { $0 = State(record: record) } }

    func note(_ report: RunReport) { self.state.withLock { $0.report = report } }
}
