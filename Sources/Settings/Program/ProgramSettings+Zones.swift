package import BackupDomain

extension ProgramSettings {
    /// Looks for the time zones of all schedules, of drills, of the doctor's daily look and of the morning's line, whether they are needed
    /// or not: one that is named wrongly would be found out on the day when it is.
    ///
    /// Whether a zone is there depends on the machine, so this is no part of reading the settings.
    ///
    /// - Parameter zones: The zones of this machine.
    /// - Returns: A problem for each that is not there or cannot be used, told once where many instances inherit it.
    package func zoneProblems(in zones: any TimeZoneDatabase) -> [SettingsProblem] {
        let own = self.instances.enumerated().flatMap { index, instance in
            Self.zones(of: instance.backup, at: SettingPath("instances").element(index))
        }
        let common =
            Self.zones(of: self.backup, at: .top) + [
                (section: SettingPath("notifications"), zone: self.notifications.timeZone),
                (section: SettingPath("doctor"), zone: self.doctor.timeZone),
            ]
        var faults: [String: BackupError?] = [:]
        var problems: [SettingsProblem] = []
        for (section, zone) in own + common {
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

    private static func zones(
        of backup: BackupSettings,
        at path: SettingPath
    ) -> [(section: SettingPath, zone: String)] {
        [
            (section: path.appending("schedule"), zone: backup.schedule.timeZone),
            (section: path.appending("drill"), zone: backup.drill.timeZone),
        ]
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
