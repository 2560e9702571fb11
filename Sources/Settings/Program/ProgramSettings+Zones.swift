package import BackupDomain

extension ProgramSettings {
    /// Looks for the time zones of all schedules.
    ///
    /// Whether a zone is there depends on the machine, so this is no part of reading the settings.
    ///
    /// - Parameter zones: The zones of this machine.
    /// - Returns: A problem for each that is not there or cannot be used, told once where many instances inherit it.
    package func zoneProblems(in zones: any TimeZoneDatabase) -> [SettingsProblem] {
        let schedules = self.instances.enumerated().map { index, instance in
            (path: SettingPath("instances").element(index), settings: instance.backup.schedule)
        }
        var faults: [String: BackupError?] = [:]
        var problems: [SettingsProblem] = []
        for schedule in schedules + [(path: SettingPath.top, settings: self.backup.schedule)] {
            let zone = schedule.settings.timeZone
            let known = faults[zone]
            let fault = if let known { known } else { Self.fault(of: zone, in: zones) }
            faults[zone] = .some(fault)
            guard let fault else { continue }
            var report = SectionReport(path: schedule.path.appending("schedule"), origins: self.origins)
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
