package import BackupDomain

/// What became of one time of a schedule in the hands of this process.
package enum DueOutcome: Sendable {
    /// Its run ended, or goes on in Azure because somebody asked to stop; the report tells.
    case ran(RunReport)
    /// Another process made its run, which has ended.
    case ranElsewhere(RunRecord)
    /// It was left out.
    case skipped(ScheduleEntry)
    /// No run could begin.
    case failed(ScheduleEntry, BackupError)
    /// Somebody asked to stop before its run began; the next scheduler takes it up.
    case left
}

extension DueOutcome {
    /// Whether the time has no outcome yet, because somebody asked to stop.
    package var isUnfinished: Bool {
        switch self {
        case .left: true
        case .ran(let report): report.ending != .ended
        case .ranElsewhere, .skipped, .failed: false
        }
    }
}
