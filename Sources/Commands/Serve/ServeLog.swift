import BackupDomain
import BackupEngine
import Logging
import Observability
import Serving
import Settings

/// What the daemon tells: one line an event.
struct ServeLog: Sendable {
    /// Takes the lines.
    let logger: Logger

    /// Creates a log on standard error.
    ///
    /// - Parameters:
    ///   - terminal: Where standard error is.
    ///   - clock: The time.
    init(_ terminal: Terminal, clock: any WallClock) {
        self.logger = Logger(label: "apim-backup") { label in
            LineLogHandler(label: label, format: .text, level: .info, clock: clock) { line in terminal.draw(line) }
        }
    }

    /// Tells what happened to a schedule.
    ///
    /// - Parameters:
    ///   - notice: What happened.
    ///   - instance: The instance's name.
    func note(_ notice: DueNotice, of instance: String) {
        switch notice {
        case .leftOut(let entries): for entry in entries { self.note(entry, of: instance) }
        case .begins(let time, let late):
            self.logger.info(
                "run begins",
                metadata: ["instance": "\(instance)", "time": "\(time.iso8601)", "late": "\(late.formattedBriefly)"]
            )
        case .ended(let time, .ranElsewhere(let record)):
            self.logger.info(
                "run made by another process",
                metadata: [
                    "instance": "\(instance)", "time": "\(time.iso8601)", "run.id": "\(record.run.text)",
                    "outcome": "\(record.outcome?.rawValue ?? "")",
                ]
            )
        case .ended(_, .skipped(let entry)), .ended(_, .failed(let entry, _)): self.note(entry, of: instance)
        case .ended(let time, let outcome) where outcome.isUnfinished:
            self.logger.info(
                "left to the next scheduler",
                metadata: ["instance": "\(instance)", "time": "\(time.iso8601)"]
            )
        // The end of a run is told by the run itself.
        case .ended, .resumed: break
        case .trouble(let error, let again):
            self.logger.error(
                "schedule cannot be looked after",
                error: error,
                metadata: ["instance": "\(instance)", "again": "\(again.formattedBriefly)"]
            )
        }
    }

    private func note(_ entry: ScheduleEntry, of instance: String) {
        var metadata: Logger.Metadata = [
            "instance": "\(instance)", "time": "\(entry.from.iso8601)", "outcome": "\(entry.outcome.rawValue)",
        ]
        if entry.count != 1 {
            metadata["until"] = "\(entry.until.iso8601)"
            metadata["times"] = "\(entry.count.map(String.init) ?? "more than \(ScheduleEntry.mostCounted)")"
        }
        if let reason = entry.reason {
            metadata["reason"] = "\(reason.text)"
            metadata["reason.code"] = "\(reason.code.rawValue)"
        }
        let level: Logger.Level =
            switch entry.outcome {
            case .failed: .error
            case .missed: .warning
            case .skipped, .run: .info
            }
        self.logger.log(level: level, "time left out", metadata: metadata)
    }

    /// Tells how a run ended.
    ///
    /// - Parameter record: The run's record.
    func ended(_ record: RunRecord) {
        var metadata: Logger.Metadata = [
            "instance": "\(record.instance.name)", "run.id": "\(record.run.text)",
            "time": "\(record.nominalAt.iso8601)", "outcome": "\(record.outcome?.rawValue ?? "")",
        ]
        metadata["backup"] = record.backup.map { "\($0.name)" }
        metadata["bytes"] = record.backup?.bytes.map { "\($0)" }
        metadata["took"] = record.timeTaken.map { "\($0.formattedBriefly)" }
        if record.outcome == .verified {
            self.logger.info("run ended", metadata: metadata)
        } else {
            self.logger.error("run ended", error: record.error, metadata: metadata)
        }
    }
}

extension ServeLog {
    /// Tells that an instance resolves, or does not.
    ///
    /// - Parameters:
    ///   - instance: The instance as the settings name it.
    ///   - fault: Why it does not; nil where it does.
    func resolved(_ instance: String, _ fault: BackupError?) {
        guard let fault else {
            return self.logger.info("instance resolves now", metadata: ["instance": "\(instance)"])
        }
        self.logger.error("instance does not resolve", error: fault, metadata: ["instance": "\(instance)"])
    }

    /// Tells that a fleet is at work.
    ///
    /// - Parameter settings: The settings in force.
    func opened(_ settings: ProgramSettings) {
        self.logger.info(
            "settings in force",
            metadata: [
                "file": "\(settings.file ?? "none")", "instances": "\(settings.instances.count)",
                "accounts": "\(settings.places.count)",
            ]
        )
    }

    /// Tells that changed settings cannot be used.
    ///
    /// - Parameter error: Why.
    func refused(_ error: BackupError) {
        self.logger.error("changed settings refused, the former ones stay in force", error: error)
    }

    /// Tells that calls are answered.
    ///
    /// - Parameter address: Where.
    func listening(_ address: ListenAddress) {
        self.logger.info("health is answered", metadata: ["url": "http://\(address)"])
    }
}
