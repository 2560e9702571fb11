import BackupDomain
import BackupEngine
import FieldTest

/// What a field test came to, in words or as JSON.
struct FieldTestPrinter {
    private struct Document: Encodable {
        var instance: String
        var backup: RunSummary
        var restore: RestoreSummary?
        var confirmed: Int
        var contradicted: Int
        var notSeen: Int
        var answers: [Answer]
        var transcript: String
    }

    let terminal: Terminal
    let output: OutputOptions

    /// Prints a result.
    ///
    /// - Parameters:
    ///   - end: The result.
    ///   - path: Where the transcript is.
    func print(_ end: FieldTestEnd, transcript path: String) {
        switch self.output.format {
        case .json:
            self.terminal.printDocument(
                Document(
                    instance: end.instance,
                    backup: RunSummary(end.backup),
                    restore: end.restore.map { RestoreSummary(RestoreEnd(report: $0)) },
                    confirmed: end.count(.confirmed),
                    contradicted: end.count(.contradicted),
                    notSeen: end.count(.notSeen),
                    answers: end.answers,
                    transcript: path
                )
            )
        case .table where self.output.quiet:
            for answer in end.answers where answer.answer == .contradicted { self.terminal.print(answer.assumption) }
        case .table: self.printTable(end)
        }
        for report in [end.backup, end.restore].compactMap(\.self) {
            if let error = report.error { ErrorPrinter(terminal: self.terminal).print(error) }
        }
        self.terminal.note("\(path) holds the transcript, redacted; read it before you send it to anybody.")
    }

    private func printTable(_ end: FieldTestEnd) {
        self.print("backup", end.backup)
        if let restore = end.restore { self.print("restore", restore) }
        self.terminal.print("")
        let rows = end.answers.map { answer in
            let numbers = answer.exchanges.prefix(3).map(String.init).joined(separator: ", ")
            return [answer.assumption, Self.word(answer.answer), answer.text, numbers]
        }
        let columns = ["ASSUMPTION", "ANSWER", "WHAT WAS SEEN", "EXCHANGES"].map { Table.Column($0) }
        for line in Table(columns, rows: rows).lines { self.terminal.print(line) }
        self.terminal.print("")
        self.terminal.print(
            "\(end.count(.confirmed)) confirmed, \(end.count(.contradicted)) contradicted, \(end.count(.notSeen)) not seen"
        )
    }

    private func print(_ what: String, _ report: RunReport) {
        let outcome = report.outcome
        let word = Style(outcome).apply(outcome?.rawValue ?? "accepted", isOn: self.terminal.abilities.colorsOutput)
        let record = report.record
        let time = record.timeTaken.map { ", took \($0.formattedBriefly)" } ?? ""
        self.terminal.print("\(word)  \(what) of \(record.instance.name) (run \(record.run))\(time)")
    }

    private static func word(_ kind: Verdict.Kind) -> String {
        switch kind {
        case .confirmed: "confirmed"
        case .contradicted: "contradicted"
        case .notSeen: "not seen"
        }
    }
}
