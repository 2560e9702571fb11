import BackupDomain
import BackupEngine
import Inventory
import Logging

/// Tells of a run as it goes, in lines of the log.
struct LoggedRun: RunObserver {
    let log: EventLog
    let interruption: Interruption

    func notice(_ notice: RunNotice) async {
        let logger = self.log.logger
        switch notice {
        case .changed(let record):
            self.interruption.note(record)
            if record.state == .ended { return self.ended(record) }
            logger.info("run goes on", metadata: self.metadata(record, "\(StateWording.phrase(for: record))"))
        case .reattached(let record):
            self.interruption.note(record)
            logger.info("run followed", metadata: self.metadata(record, "begun by another process"))
        case .waiting(let record, let duration):
            logger.debug("run waits", metadata: self.metadata(record, "next look in \(duration.formattedBriefly)"))
        case .catalogUnavailable(let error): logger.error("record cannot go into the catalog", error: error)
        case .recordWaits(let record, let duration):
            logger.warning(
                "record not written yet",
                metadata: self.metadata(record, "tried again for \(duration.formattedBriefly)")
            )
        case .recordPassedOver(let error): self.log.passedOver(error)
        case .summaryUnwritten(let error): logger.info("summary not written, the record is", error: error)
        case .locked(let instance):
            logger.info("waiting for the lock that another process holds", metadata: ["instance": "\(instance)"])
        case .lockLost(let instance): logger.warning("lock lost", metadata: ["instance": "\(instance)"])
        }
    }

    func run() async {}

    private func ended(_ record: RunRecord) {
        var metadata = self.metadata(record)
        metadata["outcome"] = "\(record.outcome?.rawValue ?? "")"
        metadata["backup"] = record.backup.map { "\($0.name)" }
        metadata["bytes"] = record.backup?.bytes.map { "\($0)" }
        metadata["contents"] = record.inventory.flatMap(InventoryCounts.contents).map { "\($0)" }
        metadata["took"] = record.timeTaken.map { "\($0.formattedBriefly)" }
        if record.outcome?.isGood ?? false {
            self.log.logger.info("run ended", metadata: metadata)
        } else {
            self.log.logger.error("run ended", error: record.error, metadata: metadata)
        }
    }

    private func metadata(_ record: RunRecord, _ detail: String? = nil) -> Logger.Metadata {
        var metadata: Logger.Metadata = [
            "instance": "\(record.instance.name)", "time": "\(record.nominalAt.iso8601)",
            "run.id": "\(record.run.text)", "state": "\(record.state.rawValue)",
        ]
        metadata["detail"] = detail.map { "\($0)" }
        // What Azure's support asks for first.
        metadata["azure.requestID"] = record.attempts.last?.requestID.map { "\($0)" }
        metadata["azure.correlationID"] = record.attempts.last?.correlationID.map { "\($0)" }
        return metadata
    }
}
