package import BackupDomain

/// An instance with its schedule, ready to be asked what is due.
package struct ScheduledInstance: Sendable {
    /// The instance's resource id.
    package var id: ResourceID
    /// Its schedule.
    package var schedule: Schedule
    /// The rules of the schedule's zone.
    package var zone: TimeZoneRules

    /// Creates a value.
    package init(id: ResourceID, schedule: Schedule, zone: TimeZoneRules) {
        self.id = id
        self.schedule = schedule
        self.zone = zone
    }
}
