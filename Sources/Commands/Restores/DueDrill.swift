import BackupDomain
import FoundationEssentials

/// One drill that a schedule has due.
struct DueDrill: Sendable {
    /// The time of the schedule.
    var time: Date
    /// The id of its restore, which every process arrives at.
    var run: RunID

    /// Makes one.
    ///
    /// - Parameters:
    ///   - time: The time of the schedule.
    ///   - source: The instance whose backup is tried.
    ///   - target: The scratch instance, as the settings name it.
    init(_ time: Date, of source: ResourceID, into target: String) {
        self.time = time
        self.run = RunID(of: target, askedOf: "drill|\(source.canonical)", at: time)
    }
}
