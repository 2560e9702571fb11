package import BackupDomain

extension ProgramSettings {
    /// Looks for the time zones of all schedules, of the doctor's daily look, and of the morning's line where a channel takes it.
    ///
    /// Whether a zone is there depends on the machine, so this is no part of reading the settings.
    ///
    /// - Parameter zones: The zones of this machine.
    /// - Returns: A problem for each that is not there or cannot be used, told once where many instances inherit it.
    package func zoneProblems(in zones: any TimeZoneDatabase) -> [SettingsProblem] {
        let own = self.instances.enumerated().map { index, instance in
            (
                section: SettingPath("instances").element(index).appending("schedule"),
                zone: instance.backup.schedule.timeZone
            )
        }
        let common = (section: SettingPath("schedule"), zone: self.backup.schedule.timeZone)
        let drills = self.instances.enumerated().compactMap { index, instance in
            instance.backup.drillRules.map { rules in
                (section: SettingPath("instances").element(index).appending("drill"), zone: rules.timeZone)
            }
        }
        let isMorningWanted = self.notifications.channels.contains(where: \.hasMorningLine)
        let morning = (section: SettingPath("notifications"), zone: self.notifications.timeZone)
        let checkup = (section: SettingPath("doctor"), zone: self.doctor.timeZone)
        let wanted = (isMorningWanted ? [morning] : []) + (self.doctor.isDaily ? [checkup] : [])
        var faults: [String: BackupError?] = [:]
        var problems: [SettingsProblem] = []
        for (section, zone) in own + [common] + drills + wanted {
            let known = faults[zone]
            let fault = if let known { known } else { Self.fault(of: zone, in: zones) }
            faults[zone] = .some(fault)
            guard let fault else { continue }
            var report = SectionReport(path: section, origins: self.origins)
            report.note("timeZone", fault.clause, fix: fault.remedy ?? "Install the package tzdata.")
            for problem in report.problems where !problems.contains(problem) { problems.append(problem) }
        }
        return problems
    }

    private static func fault(of zone: String, in zones: any TimeZoneDatabase) -> BackupError? {
        do throws(BackupError) {
            _ = try zones.rules(named: zone)
            return nil
        } catch {
            return error
        }
    }
}
