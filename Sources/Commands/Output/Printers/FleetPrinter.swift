import BackupDomain
import BackupEngine
import Foundation

/// Several instances' runs: a line when one ends, and a table of all at the end.
struct FleetPrinter: Sendable {
    let terminal: Terminal
    let output: OutputOptions

    /// Tells how one ended, at once.
    ///
    /// - Parameters:
    ///   - end: How it ended.
    ///   - now: The present instant.
    func printEnd(_ end: InstanceEnd, at now: Date) {
        switch self.output.format {
        case .json:
            if let record = self.homeless(end) { self.terminal.printJSON(RecordLine(record: record)) }
            self.terminal.printJSON(end.summary)
            if end.report?.ending.isEarly ?? false,
                let sentence = end.report.flatMap({ Interruption.sentence($0.record) })
            {
                self.terminal.note(sentence)
            }
        case .table where self.output.quiet:
            if let report = end.report { self.terminal.print(report.record.run.text) }
        case .table:
            let word = self.word(end, colors: self.terminal.abilities.colorsErrors)
            let more = end.error?.message ?? end.report?.record.backup?.name
            self.terminal.note(
                "\(now.wholeSeconds.iso8601)  \(end.instance)  \(word)\(more.map { ": \($0)" } ?? "")"
            )
        }
    }

    /// Tells how all ended.
    ///
    /// - Parameters:
    ///   - ends: How each ended.
    ///   - began: When the first began.
    ///   - ended: When the last ended.
    ///   - status: The exit code.
    func printTotal(_ ends: [InstanceEnd], from began: Date, to ended: Date, _ status: ExitStatus) {
        switch self.output.format {
        case .json: self.terminal.printJSON(RunTotal(ends, from: began, to: ended, status))
        case .table where self.output.quiet:
            for end in ends where end.report == nil { self.printError(end) }
        case .table:
            self.printTable(ends)
            self.terminal.print("")
            self.terminal.print(Self.sentence(ends, ended.timeIntervalSince(began)))
            for end in ends { self.printError(end) }
            for end in ends {
                for warning in end.report?.record.warnings ?? [] {
                    self.terminal.note("warning: \(end.instance): \(warning)")
                }
                if case .folder(let folder)? = end.report?.place {
                    self.terminal.note("The record of \(end.instance) is kept on this machine: \(folder)")
                }
                // Nobody will find it anywhere else.
                if let record = self.homeless(end) { self.terminal.printJSON(RecordLine(record: record)) }
            }
        }
    }

    /// Tells what `run --due` came to for several instances.
    ///
    /// - Parameters:
    ///   - dues: What it came to for each.
    ///   - began: When the first was looked at.
    ///   - ended: When the last was done with.
    ///   - status: The exit code.
    func printDueTotal(_ dues: [DueEnd], from began: Date, to ended: Date, _ status: ExitStatus) {
        let ends = dues.flatMap(\.ends)
        switch self.output.format {
        case .json:
            self.terminal.printJSON(RunTotal(ends, instances: dues.count, from: began, to: ended, status))
        case .table where ends.isEmpty && dues.allSatisfy(\.statuses.isEmpty):
            guard !self.output.quiet else { return }
            let next = DuePrinter.words(for: dues.compactMap(\.nextAt).min())
            self.terminal.note("Nothing of \(dues.count) instances is due; \(next).")
        case .table where ends.isEmpty: break
        case .table: self.printTotal(ends, from: began, to: ended, status)
        }
    }

    private func printTable(_ ends: [InstanceEnd]) {
        let columns: [Table.Column] = [
            .init("INSTANCE"), .init("OUTCOME"), .init("SIZE", isRightAligned: true),
            .init("TOOK", isRightAligned: true), .init("BACKUP"),
        ]
        let rows = ends.map { end in
            let backup = end.report?.record.backup
            return [
                end.instance, self.word(end, colors: self.terminal.abilities.colorsOutput),
                backup?.bytes.map(Quantities.size) ?? "-", end.report?.record.timeTaken?.formattedBriefly ?? "-",
                backup?.name ?? end.report?.record.attempts.last?.backupName ?? "-",
            ]
        }
        for line in Table(columns, rows: rows).lines { self.terminal.print(line) }
    }

    private func printError(_ end: InstanceEnd) {
        guard var error = end.error else { return }
        error.message = "\(end.instance): \(error.message)"
        ErrorPrinter(terminal: self.terminal).print(error)
    }

    private static func sentence(_ ends: [InstanceEnd], _ seconds: TimeInterval) -> String {
        let words = RunOutcome.allCases.map(\.rawValue) + ["accepted"]
        let counts = words.compactMap { word -> String? in
            let count = ends.count { ($0.outcome?.rawValue ?? "accepted") == word }
            return count > 0 ? "\(count) \(word)" : nil
        }
        let took = Duration.seconds(max(0, seconds.rounded())).formattedBriefly
        return "\(ends.count) \(ends.count == 1 ? "instance" : "instances") in \(took): "
            + "\(counts.joined(separator: ", "))."
    }

    private func word(_ end: InstanceEnd, colors: Bool) -> String {
        Style(end.outcome).apply(end.outcome?.rawValue ?? "accepted", isOn: colors)
    }

    private func homeless(_ end: InstanceEnd) -> RunRecord? {
        guard let report = end.report, report.place == .memory else { return nil }
        return report.record
    }
}
