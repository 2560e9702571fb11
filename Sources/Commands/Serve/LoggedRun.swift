import BackupDomain
import BackupEngine
import Logging

/// Tells of a run as it goes, in lines of the daemon's log.
struct LoggedRun: RunObserver {
    let log: ServeLog
    let interruption: Interruption

    func notice(_ notice: RunNotice) async {
        let logger = self.log.logger
        switch notice {
        case .changed(let record):
            self.interruption.note(record)
            if record.state == .ended { return self.log.ended(record) }
            logger.info("run goes on", metadata: self.metadata(record, "\(StateWording.phrase(for: record))"))
        case .reattached(let record):
            self.interruption.note(record)
            logger.info("run taken over", metadata: self.metadata(record, "as it was left"))
        case .waiting(let record, let duration):
            logger.debug("run waits", metadata: self.metadata(record, "next look in \(duration.formattedBriefly)"))
        case .catalogUnavailable(let error): logger.error("record cannot go into the catalog", error: error)
        case .recordWaits(let record, let duration):
            logger.warning(
                "record not written yet",
                metadata: self.metadata(record, "tried again for \(duration.formattedBriefly)")
            )
        case .recordPassedOver(let error): logger.error("damaged record passed over", error: error)
        case .summaryUnwritten(let error): logger.info("summary not written, the record is", error: error)
        case .locked(let instance):
            logger.info("waiting for the lock that another process holds", metadata: ["instance": "\(instance)"])
        case .lockLost(let instance): logger.warning("lock lost", metadata: ["instance": "\(instance)"])
        }
    }

    func run() async {}

    private func metadata(_ record: RunRecord, _ detail: String) -> Logger.Metadata {
        [
            "instance": "\(record.instance.name)", "run.id": "\(record.run.text)", "state": "\(record.state.rawValue)",
            "detail": "\(detail)",
        ]
    }
}
