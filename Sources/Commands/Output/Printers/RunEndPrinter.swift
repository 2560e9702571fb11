import BackupDomain
import BackupEngine
import Foundation

/// How one instance's run ended, told to a person or a program.
struct RunEndPrinter {
    let terminal: Terminal
    let output: OutputOptions
    let followUp: FollowUp

    /// Tells it; a record that no other place holds is printed too.
    ///
    /// - Parameters:
    ///   - end: How it ended.
    ///   - now: The present instant.
    func print(_ end: InstanceEnd, at now: Date) {
        guard let report = end.report else {
            if self.output.format == .json {
                self.terminal.printJSON(end.summary)
            } else if let error = end.error {
                ErrorPrinter(terminal: self.terminal).print(error)
            }
            return
        }
        let isHomeless = report.place == .memory
        if case .folder(let folder) = report.place, !self.output.quiet {
            self.terminal.note("The record is kept on this machine, where the next run finds it: \(folder)")
        }
        let printer = RunPrinter(terminal: self.terminal, now: now, followUp: self.followUp)
        switch self.output.format {
        case .json:
            if isHomeless { self.terminal.printJSON(RecordLine(record: report.record)) }
            self.terminal.printJSON(end.summary)
            printer.explain(report)
        case .table:
            if self.output.quiet { printer.printQuietly(report) } else { printer.print(report) }
            if isHomeless { self.terminal.printDocument(report.record) }
        }
    }
}
