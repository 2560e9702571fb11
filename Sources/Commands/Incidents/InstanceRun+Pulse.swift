import BackupDomain
import Notifications
import Observability
import Settings

extension InstanceRun {
    /// The signs of life that the settings want around due runs.
    ///
    /// A monitor that cannot be told is a warning, and keeps no backup from being made.
    ///
    /// - Parameter tail: The newest lines of the log.
    /// - Returns: The pulse; one that tells nobody where the settings name no monitor.
    func pulse(tail: LogTail) -> Pulse {
        let terminal = self.context.terminal
        let opener = ChannelOpener(connection: self.connection, files: self.context.files)
        let warn: @Sendable (BackupError) -> Void = { error in
            terminal.note("warning: The heartbeat's monitor could not be told: \(error.message)")
        }
        do throws(BackupError) {
            let heartbeat = try opener.heartbeat(self.connection.settings.notifications.heartbeat)
            return Pulse(heartbeat, tail: tail, failed: warn)
        } catch {
            warn(error)
            return Pulse(nil, tail: tail, failed: warn)
        }
    }
}
