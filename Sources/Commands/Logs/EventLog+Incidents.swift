import BackupDomain
import BackupEngine
import Logging

extension EventLog {
    /// Tells who was told what, and what could not be delivered.
    ///
    /// - Parameter report: What was told.
    func note(_ report: IncidentReport) {
        for attempt in report.attempts.sorted(by: { ($0.channel, $0.notice.id) < ($1.channel, $1.notice.id) }) {
            var metadata: Logger.Metadata = [
                "channel": "\(attempt.channel)", "event": "\(attempt.notice.event.rawValue)",
                "notice": "\(attempt.notice.id)", "title": "\(NoticeText(attempt.notice).title)",
            ]
            if let incident = attempt.notice.incident { metadata["incident"] = "\(incident.id)" }
            if let failure = attempt.failure {
                self.logger.error("notice not delivered, it is tried again", error: failure, metadata: metadata)
            } else {
                self.logger.info("notice delivered", metadata: metadata)
            }
        }
    }

    /// Tells that people cannot be told how the backups stand.
    ///
    /// - Parameter error: Why.
    func incidentsUntold(_ error: BackupError) {
        self.logger.error("how the backups stand could not be told", error: error)
    }

    /// Tells that what was told cannot be written down, so that this process alone remembers it.
    ///
    /// - Parameter error: Why.
    func incidentsUnwritten(_ error: BackupError) {
        self.logger.error("what was told cannot be written down", error: error)
    }

    /// Tells that the heartbeat's monitor does not hear.
    ///
    /// - Parameter error: Why.
    func heartbeatUnheard(_ error: BackupError) { self.logger.error("heartbeat not delivered", error: error) }

    /// Tells that something damaged in a catalog is passed over.
    ///
    /// - Parameter error: What is damaged.
    func passedOver(_ error: BackupError) { self.logger.warning("damaged document passed over", error: error) }

    /// Tells that what was asked for came to nothing.
    ///
    /// - Parameters:
    ///   - error: Why.
    ///   - instance: The instance as it was asked for; nil where all are meant.
    func failed(_ error: BackupError, with instance: String? = nil) {
        self.logger.error("nothing could be done", error: error, metadata: instance.map { ["instance": "\($0)"] })
    }
}
