import BackupDomain
import BackupEngine
import Foundation

/// What became of the times of a schedule, as a table or as JSON.
struct HistoryPrinter {
    /// One element of `schedule history --format json`.
    struct Row: Encodable {
        /// The first of the times.
        var from: Date
        /// The last of the times; equal to `from` where it is one.
        var until: Date
        /// How many there are; null for more than are counted.
        var count: Int?
        /// What became of them: the outcome of a run, `under way`, `ordered`, `failed`, `skipped` or `missed`.
        var outcome: String
        /// Why; null where a run was made.
        var reason: ScheduleReason?
        /// The run; null where none was made.
        var run: RunID?
        /// When that was decided.
        var decidedAt: Date

        private enum CodingKeys: String, CodingKey { case from, until, count, outcome, reason, run, decidedAt }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(self.from, forKey: .from)
            try container.encode(self.until, forKey: .until)
            try container.encode(self.count, forKey: .count)
            try container.encode(self.outcome, forKey: .outcome)
            try container.encode(self.reason, forKey: .reason)
            try container.encode(self.run, forKey: .run)
            try container.encode(self.decidedAt, forKey: .decidedAt)
        }
    }

    let terminal: Terminal

    func printDocument(_ lines: [ScheduleOutcomes.Line]) {
        self.terminal.printDocument(
            lines.map { line in
                Row(
                    from: line.entry.from,
                    until: line.entry.until,
                    count: line.entry.count,
                    outcome: line.word,
                    reason: line.record == nil ? line.entry.reason : nil,
                    run: line.record?.run,
                    decidedAt: line.entry.decidedAt
                )
            }
        )
    }

    func printTable(_ lines: [ScheduleOutcomes.Line], of instance: String) {
        guard !lines.isEmpty else { return self.terminal.note("No time of \(instance) has passed yet.") }
        let rows = lines.map { line in
            let count = line.entry.count.map(String.init) ?? "> \(ScheduleEntry.mostCounted)"
            return [
                Quantities.minute(line.entry.from),
                line.entry.count == 1 ? "" : Quantities.minute(line.entry.until), count, self.styled(line),
                line.record.map { $0.error?.message ?? "" } ?? line.entry.reason?.text ?? "",
            ]
        }
        let columns: [Table.Column] = [
            .init("TIME (UTC)"), .init("UNTIL"), .init("TIMES", isRightAligned: true), .init("OUTCOME"),
            .init("REASON"),
        ]
        for text in Table(columns, rows: rows).lines { self.terminal.print(text) }
    }

    private func styled(_ line: ScheduleOutcomes.Line) -> String {
        let style: Style =
            if let record = line.record {
                Style(record.outcome)
            } else {
                switch line.entry.outcome {
                case .failed: .bad
                case .missed, .skipped, .run: .warning
                }
            }
        return style.apply(line.word, isOn: self.terminal.abilities.colorsOutput)
    }
}
