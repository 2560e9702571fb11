package import BackupDomain
package import FoundationEssentials

/// Something that happened to the schedule of an instance, for people and monitors.
package enum DueNotice: Sendable {
    /// Times were left out, for the reasons that the entries name.
    case leftOut([ScheduleEntry])
    /// A run begins for a time, so much later than it was due.
    case begins(Date, late: Duration)
    /// A time has come to its outcome, or is left to the next scheduler.
    case ended(Date, DueOutcome)
    /// A run that was left behind has been followed to its end.
    case resumed(RunReport)
    /// The schedule could not be looked after; it is tried again after a while.
    case trouble(BackupError, again: Duration)
}

extension DueNotice {
    /// What a run made or followed by this process came to; nil where there was none.
    package var report: RunReport? {
        switch self {
        case .ended(_, .ran(let report)), .resumed(let report): report
        case .leftOut, .begins, .ended, .trouble: nil
        }
    }

    /// The record of the run that has ended, whoever made it; nil where none has.
    package var endedRecord: RunRecord? {
        switch self {
        case .ended(_, .ran(let report)), .resumed(let report): report.record.state == .ended ? report.record : nil
        case .ended(_, .ranElsewhere(let record)): record
        case .leftOut, .begins, .ended, .trouble: nil
        }
    }
}
