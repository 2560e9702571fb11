import BackupDomain
import FoundationEssentials
import Logging

extension EventLog {
    /// Tells that a drill begins.
    ///
    /// - Parameters:
    ///   - drill: The drill.
    ///   - instance: The name of the instance whose backup is tried.
    func drillBegins(_ drill: DueDrill, of instance: String) {
        self.logger.info(
            "drill begins",
            metadata: ["instance": "\(instance)", "time": "\(drill.time.iso8601)", "run.id": "\(drill.run.text)"]
        )
    }

    /// Tells what a drill came to.
    ///
    /// - Parameter result: The result.
    func drillEnded(_ result: DrillWork.Result) {
        let drill = result.drill
        var metadata: Logger.Metadata = ["instance": "\(result.source)", "run.id": "\(drill.run.text)"]
        if let name = drill.backupName { metadata["backup"] = "\(name)" }
        if let target = drill.target { metadata["target"] = "\(target.name)" }
        guard drill.isPassed else {
            metadata["reason"] = "\(drill.reason ?? "")"
            return self.logger.error("drill did not pass", metadata: metadata)
        }
        metadata["took"] = "\(Duration.seconds(drill.seconds).formattedBriefly)"
        self.logger.info("drill passed", metadata: metadata)
    }
}
