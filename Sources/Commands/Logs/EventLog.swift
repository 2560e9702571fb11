import BackupDomain
import BackupEngine
import Foundation
import Logging
import Observability
import Settings

/// What goes on, one line an event: for programs and for people who look later.
struct EventLog: Sendable {
    /// Takes the lines.
    let logger: Logger
    /// The newest lines, whether they are shown or not.
    let tail: LogTail
    /// Whether lines are shown on standard error.
    let isShown: Bool

    /// Creates a log.
    ///
    /// - Parameters:
    ///   - settings: How lines look, and which are written.
    ///   - tail: Takes the newest lines.
    ///   - clock: The time.
    ///   - terminal: Where standard error is; nil to show no line.
    init(_ settings: LogSettings, tail: LogTail = LogTail(), clock: any WallClock, terminal: Terminal?) {
        let format = settings.format.flatMap { LogFormat(rawValue: $0.rawValue) } ?? .text
        let level = Logger.Level(rawValue: settings.level.rawValue) ?? .info
        self.tail = tail
        self.isShown = terminal != nil
        self.logger = Logger(label: "apim-backup") { label in
            LineLogHandler(label: label, format: format, level: level, clock: clock) { line in
                tail.take(line)
                return terminal?.log(line) ?? 0
            }
        }
    }

    /// Tells what happened to a schedule.
    ///
    /// - Parameters:
    ///   - notice: What happened.
    ///   - instance: The instance.
    func note(_ notice: DueNotice, of instance: ResourceID) {
        switch notice {
        case .leftOut(let entries): for entry in entries { self.note(entry, of: instance) }
        case .begins(let time, let late):
            self.logger.info(
                "run begins",
                metadata: self.metadata(instance, time, ["late": "\(late.formattedBriefly)"])
            )
        case .ended(let time, .ranElsewhere(let record)):
            self.logger.info(
                "run made by another process",
                metadata: self.metadata(instance, time, ["outcome": "\(record.outcome?.rawValue ?? "")"])
            )
        case .ended(_, .skipped(let entry)), .ended(_, .failed(let entry, _)): self.note(entry, of: instance)
        case .ended(let time, let outcome) where outcome.isUnfinished:
            self.logger.info("left to the next scheduler", metadata: self.metadata(instance, time))
        // The end of a run is told by the run itself.
        case .ended, .resumed: break
        case .trouble(let error, let again): self.trouble(error, again: again, with: instance.name)
        }
    }

    /// Tells that an instance's schedule could not be looked after.
    ///
    /// - Parameters:
    ///   - error: Why.
    ///   - again: After how long it is tried again.
    ///   - instance: The instance's name.
    func trouble(_ error: BackupError, again: Duration, with instance: String) {
        self.logger.error(
            "schedule cannot be looked after",
            error: error,
            metadata: ["instance": "\(instance)", "again": "\(again.formattedBriefly)"]
        )
    }

    private func metadata(_ instance: ResourceID, _ time: Date, _ more: Logger.Metadata = [:]) -> Logger.Metadata {
        let own: Logger.Metadata = [
            "instance": "\(instance.name)", "time": "\(time.iso8601)",
            "run.id": "\(RunID(instance: instance, nominalAt: time).text)",
        ]
        return own.merging(more) { $1 }
    }

    private func note(_ entry: ScheduleEntry, of instance: ResourceID) {
        var metadata = self.metadata(instance, entry.from, ["outcome": "\(entry.outcome.rawValue)"])
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
}
