import BackupDomain
import Deployment
import FoundationEssentials

/// The alarm of missed nights against the schedules that it watches: it looks at two days of log at the most, and would be
/// raised again and again where backups are further apart.
struct MissedAlarm {
    let arguments: TemplateArguments
    let zones: any TimeZoneDatabase
    let now: Date

    private var hours: Int {
        guard case .integer(let hours) = self.arguments[JobInputs.missedAfter] else { return 0 }
        return self.arguments.text(BackupInputs.alertEmail)?.isEmpty == false ? hours : 0
    }

    /// What is wrong with a schedule.
    ///
    /// - Parameters:
    ///   - schedule: The schedule.
    ///   - subject: Whose it is, as the beginning of a sentence.
    /// - Returns: A sentence with what to do; nil where the alarm fits, or is not wanted.
    func problem(of schedule: Schedule, _ subject: String) -> String? {
        guard self.hours > 0, let zone = try? self.zones.rules(named: schedule.timeZone),
            let interval = schedule.longestInterval(zone: zone, around: self.now),
            interval > .seconds(self.hours * 3600)
        else { return nil }
        let longest = JobInputs.missedAfter.range?.upperBound ?? 0
        let other =
            interval <= .seconds(longest * 3600)
            ? "Give missed_after_hours more, up to \(longest), or set it to 0" : "Set missed_after_hours=0"
        return
            "\(subject): its backups are up to \(interval.formattedBriefly) apart, and alert_email would be told of a missed one "
            + "after \(self.hours) hours. \(other), which leaves that alert out: status, channels and the heartbeat tell too."
    }
}
