import BackupDomain
import FoundationEssentials

/// Whether the schedule is one by which there is always a backup that Azure still restores.
enum ScheduleCheck: DoctorCheck {
    static let name = CheckName.schedule

    static func judge(_ examination: Examination) -> [Finding] {
        guard let timing = examination.subject.schedule else {
            return self.notChecked("No settings list this instance; when it is backed up is not known here.")
        }
        let change =
            "Set schedule.cron, such as '0 1 * * *', in the settings; 'apim-backup schedule next' shows what it comes to"
        guard let next = timing.next else {
            return self.fault("The schedule (\(timing.text)) names no time at all.", change)
        }
        let interval = timing.longestInterval.formattedBriefly
        let days = timing.longestInterval.timeInterval / 86_400
        // What Azure restores, and for how long, is nothing to an inventory.
        if examination.subject.isInventoryOnly { return self.ok("\(timing.text), next \(next.iso8601)") }
        if days >= 30 {
            return self.fault(
                "Backups are up to \(interval) apart (\(timing.text)), and Azure restores them for 30 days.",
                change
            )
        }
        if days > 7 {
            return self.warning(
                "Backups are up to \(interval) apart (\(timing.text)): so much would be lost at the worst.",
                change
            )
        }
        return self.ok("\(timing.text), next \(next.iso8601)")
    }
}
