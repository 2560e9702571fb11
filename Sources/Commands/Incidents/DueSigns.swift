import BackupDomain
import BackupEngine

/// What is told of due runs beside the result: lines of the log, and signs of life.
struct DueSigns: Sendable {
    /// Takes the lines.
    let log: EventLog
    /// Gives the signs.
    let pulse: Pulse

    /// Takes in what happened to a schedule.
    ///
    /// - Parameters:
    ///   - notice: What happened.
    ///   - instance: The instance.
    func note(_ notice: DueNotice, of instance: ResourceID) {
        self.log.note(notice, of: instance)
        self.pulse.note(notice, of: instance)
    }

    /// Notes that an instance could not be looked after; that somebody asked to stop is no failure.
    ///
    /// - Parameters:
    ///   - error: Why.
    ///   - instance: The instance as it was asked for.
    func fail(_ error: BackupError, _ instance: String) {
        self.log.failed(error, with: instance)
        if error.code != .interrupted { self.pulse.fail() }
    }
}
