import BackupDomain
import Foundation

/// Times of a schedule that were left out, as JSON shows them.
struct LeftOutTimes: Encodable {
    var from: Date
    var until: Date
    var count: Int?
    var outcome: ScheduleEntry.Outcome
    var reason: ScheduleReason?

    /// Takes over an entry of the history.
    init(_ entry: ScheduleEntry) {
        self.from = entry.from
        self.until = entry.until
        self.count = entry.count
        self.outcome = entry.outcome
        self.reason = entry.reason
    }
}
