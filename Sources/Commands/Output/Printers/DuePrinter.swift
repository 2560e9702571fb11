import BackupDomain
import BackupEngine
import Foundation

/// What `run --due` decided and did, beside the results of its runs.
struct DuePrinter: Sendable {
    /// One time, or several that fared alike: a line of `run --due --format json`.
    struct Row: Encodable {
        var instance: String
        var entry: ScheduleEntry

        private enum CodingKeys: String, CodingKey { case type, instance, from, until, count, outcome, reason }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode("time", forKey: .type)
            try container.encode(self.instance, forKey: .instance)
            try container.encode(self.entry.from, forKey: .from)
            try container.encode(self.entry.until, forKey: .until)
            try container.encode(self.entry.count, forKey: .count)
            try container.encode(self.entry.outcome, forKey: .outcome)
            try container.encode(self.entry.reason, forKey: .reason)
        }
    }

    /// The last line of `run --due --format json`.
    struct End: Encodable {
        var type = "due"
        var instance: String
        var nextAt: Date?
        var exitCode: Int32
    }

    let terminal: Terminal
    let format: OutputFormat
    let isQuiet: Bool
    let instance: ScheduledInstance

    private var name: String { self.instance.id.name }

    /// Prints what happened.
    ///
    /// - Parameter notice: What happened.
    func print(_ notice: DueNotice) {
        switch notice {
        case .leftOut(let entries): for entry in entries { self.print(entry) }
        case .begins(let time, let late):
            guard self.format == .table, !self.isQuiet, late > Schedule.punctuality else { return }
            self.terminal.note("\(self.name): \(time.iso8601) is made up for, \(late.formattedBriefly) late.")
        case .ended(_, .skipped(let entry)), .ended(_, .failed(let entry, _)): self.print(entry)
        case .ended(let time, .ranElsewhere(let record)):
            guard self.format == .table, !self.isQuiet else { return }
            self.terminal.print(
                "\(record.outcome?.rawValue ?? "ran")  \(self.name)  \(time.iso8601)\n  Another process made this run."
            )
        case .ended(let time, .left):
            if self.format == .table {
                self.terminal.note("\(self.name): \(time.iso8601) is left to the next 'run --due'.")
            }
        case .ended, .resumed, .trouble: break
        }
    }

    /// Prints when the next time is due.
    ///
    /// - Parameter due: What it came to.
    func printEnd(_ due: DueEnd) {
        switch self.format {
        case .json:
            self.terminal.printJSON(End(instance: self.name, nextAt: due.nextAt, exitCode: due.status.rawValue))
        case .table where self.isQuiet || !due.statuses.isEmpty: break
        case .table: self.terminal.note("Nothing of \(self.name) is due; \(Self.words(for: due.nextAt)).")
        }
    }

    /// When the next time is, as a clause.
    ///
    /// - Parameter next: When; nil for never.
    /// - Returns: The clause.
    static func words(for next: Date?) -> String {
        next.map { "the next time is \($0.iso8601)" } ?? "no time comes any more"
    }

    private func print(_ entry: ScheduleEntry) {
        if self.format == .json { return self.terminal.printJSON(Row(instance: self.name, entry: entry)) }
        guard !self.isQuiet else { return }
        let span =
            entry.count == 1
            ? entry.from.iso8601
            : "\(entry.from.iso8601) to \(entry.until.iso8601) "
                + "(\(entry.count.map(String.init) ?? "more than \(ScheduleEntry.mostCounted)") times)"
        let reason = entry.reason.map { "\n  \($0.text)" } ?? ""
        // In one piece: other instances print meanwhile.
        self.terminal.print("\(entry.outcome.rawValue)  \(self.name)  \(span)\(reason)")
    }
}
