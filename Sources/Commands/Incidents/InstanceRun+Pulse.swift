import BackupDomain
import Notifications
import Settings

extension InstanceRun {
    /// The signs of life that the settings want around due runs.
    ///
    /// A monitor that cannot be told keeps no backup from being made.
    ///
    /// - Parameters:
    ///   - log: Takes the lines, of which the monitor gets the newest.
    ///   - counts: Counts the signs; nil where nobody asks for them.
    /// - Returns: The pulse; one that tells nobody where the settings name no monitor.
    func pulse(_ log: EventLog, counts: ProcessCounts? = nil) -> Pulse {
        let (terminal, connection) = (self.context.terminal, self.connection)
        let opener = ChannelOpener(connection: connection, files: self.context.files)
        let heartbeat: Result<Heartbeat?, BackupError>
        do throws(BackupError) {
            heartbeat = .success(try opener.heartbeat(connection.settings.notifications.heartbeat))
        } catch {
            heartbeat = .failure(error)
        }
        let record = HeartbeatRecord(clock: connection.clock) { try await connection.ledgerDocuments() }
        return Pulse(heartbeat, tail: log.tail) { failure in
            counts?.note(sign: failure)
            if let failure {
                log.heartbeatUnheard(failure)
                let warning = "warning: The heartbeat's monitor could not be told: \(failure.message)"
                if !log.isShown { terminal.note(warning) }
            }
            do {
                try await record.note(failure)
            } catch let error as BackupError {
                log.incidentsUntold(error)
            } catch {
                // Somebody asked to stop: the next sign is written down.
            }
        }
    }
}
