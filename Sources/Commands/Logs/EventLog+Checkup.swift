import BackupDomain
import Logging

extension EventLog {
    /// Tells that the doctor has looked at an instance, and what stands otherwise than at the last look.
    ///
    /// - Parameters:
    ///   - record: What it found.
    ///   - changes: What got worse, or is well again.
    func note(_ record: CheckupRecord, _ changes: [CheckChange]) {
        let instance = record.instance.name
        for change in changes {
            var metadata: Logger.Metadata = [
                "instance": "\(instance)", "check": "\(change.result.check)",
                "verdict": "\(change.result.verdict.rawValue)", "finding": "\(change.result.text)",
            ]
            if let before = change.before { metadata["before"] = "\(before.rawValue)" }
            if let remedy = change.result.remedy { metadata["fix"] = "\(remedy)" }
            if change.result.isWorse {
                self.logger.warning("check got worse", metadata: metadata)
            } else {
                self.logger.info("check is well again", metadata: metadata)
            }
        }
        func count(_ verdict: CheckVerdict) -> String { "\(record.results.count { $0.verdict == verdict })" }
        self.logger.info(
            "doctor has looked",
            metadata: [
                "instance": "\(instance)", "faults": "\(count(.fault))", "warnings": "\(count(.warning))",
                "unseen": "\(record.results.count { $0.unseen != nil })",
            ]
        )
    }

    /// Tells that the doctor could not look at an instance.
    ///
    /// - Parameters:
    ///   - error: Why.
    ///   - again: After how long it tries again.
    ///   - instance: The instance's name.
    func unexamined(_ error: BackupError, again: Duration, instance: String) {
        self.logger.warning(
            "doctor could not look",
            error: error,
            metadata: ["instance": "\(instance)", "again": "\(again.formattedBriefly)"]
        )
    }
}
