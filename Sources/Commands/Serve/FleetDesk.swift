import BackupDomain
import Scheduling

/// What a fleet works with once Azure is reached.
struct FleetDesk: Sendable {
    /// Azure.
    let connection: AzureConnection
    /// Says when instances are due.
    let scheduler: SchedulerService
    /// Backs instances up.
    let due: DueRun
    /// Tries backups on scratch instances.
    let drills: DrillLanes
    /// Takes the lines.
    let log: EventLog
    /// Gives a monitor signs of life.
    let pulse: Pulse
    /// Rung when something has happened that people may have to be told of.
    let incidents: Bell
    /// Reads the catalogs for the page of metrics.
    let readings: CatalogReader
}
