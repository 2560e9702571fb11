import BackupDomain
import Notifications
import Settings

extension InstanceRun {
    /// The signs of life that the settings want around due runs.
    ///
    /// A monitor that cannot be told keeps no backup from being made.
    ///
    /// - Parameter log: Takes the lines, of which the monitor gets the newest.
    /// - Returns: The pulse; one that tells nobody where the settings name no monitor.
    func pulse(_ log: EventLog) -> Pulse {
        let terminal = self.context.terminal
        let opener = ChannelOpener(connection: self.connection, files: self.context.files)
        let warn: @Sendable (BackupError) -> Void = { error in
            log.heartbeatUnheard(error)
            if !log.isShown { terminal.note("warning: The heartbeat's monitor could not be told: \(error.message)") }
        }
        do throws(BackupError) {
            let heartbeat = try opener.heartbeat(self.connection.settings.notifications.heartbeat)
            return Pulse(heartbeat, tail: log.tail, failed: warn)
        } catch {
            warn(error)
            return Pulse(nil, tail: log.tail, failed: warn)
        }
    }
}
