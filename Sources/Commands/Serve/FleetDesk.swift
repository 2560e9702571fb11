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
    /// Takes the lines.
    let log: ServeLog
}
