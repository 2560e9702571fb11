import BackupDomain
import BackupEngine
import Foundation
import Settings

/// What the settings hold the backups of instances to.
struct Expectations {
    private let settings: ProgramSettings
    private let zones: any TimeZoneDatabase
    private let now: Date

    /// Creates expectations.
    ///
    /// - Parameters:
    ///   - settings: The settings.
    ///   - zones: The zones of this machine.
    ///   - now: The present instant.
    init(_ settings: ProgramSettings, zones: any TimeZoneDatabase, at now: Date) {
        self.settings = settings
        self.zones = zones
        self.now = now
    }

    /// What instances are held to that the settings do not list.
    var standard: ProtectionStatus.Expectation {
        var intervals: [ScheduleSettings: Duration?] = [:]
        var standard = self.expectation(self.settings.backup, &intervals)
        standard.isInventoryOnly = nil
        return standard
    }

    /// The instances that are to be protected in one place.
    ///
    /// - Parameter storage: The place.
    /// - Returns: The instances that are backed up there.
    func expected(in storage: StorageSettings) -> [StatusReader.Expected] {
        var intervals: [ScheduleSettings: Duration?] = [:]
        return self.settings.instances.filter { $0.backup.storage == storage }.map { instance in
            StatusReader.Expected(
                name: instance.instanceName,
                id: instance.knownID,
                expectation: self.expectation(instance.backup, &intervals)
            )
        }
    }

    /// Most instances of a fleet share a few schedules, so each is looked through once.
    private func expectation(
        _ backup: BackupSettings,
        _ intervals: inout [ScheduleSettings: Duration?]
    ) -> ProtectionStatus.Expectation {
        let interval = intervals[backup.schedule] ?? self.interval(backup.schedule.schedule)
        intervals[backup.schedule] = .some(interval)
        return ProtectionStatus.Expectation(
            ageLimit: AgeLimit(maxAge: backup.maxAge, interval: interval),
            shrinkGuard: backup.retention.shrinkGuard,
            isInventoryOnly: backup.inventoryOnly
        )
    }

    private func interval(_ schedule: Schedule) -> Duration? {
        // Where the zone is not to be had, times are as far apart by UTC.
        let zone = (try? self.zones.rules(named: schedule.timeZone)) ?? .utc
        return schedule.longestInterval(zone: zone, around: self.now)
    }
}
