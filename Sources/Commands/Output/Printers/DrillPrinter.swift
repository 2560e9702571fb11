import BackupDomain
import Inventory

/// What a drill came to, in words or as JSON.
struct DrillPrinter {
    /// A drill as JSON shows it: what the catalog keeps, with the source.
    private struct Document: Encodable {
        var source: String
        var drill: DrillHistory.Drill
        var compared: Bool
        var type: String?
        var error: BackupError?

        private enum CodingKeys: String, CodingKey { case source, compared, type, error }

        func encode(to encoder: any Encoder) throws {
            try self.drill.encode(to: encoder)
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(self.source, forKey: .source)
            try container.encode(self.compared, forKey: .compared)
            try container.encodeIfPresent(self.type, forKey: .type)
            try container.encodeIfPresent(self.error, forKey: .error)
        }
    }

    let terminal: Terminal
    let output: OutputOptions
    /// Whether it is one of several results, each a line of JSON.
    var isOneOfMany = false

    /// Prints a result.
    ///
    /// - Parameter result: The result.
    func print(_ result: DrillWork.Result) {
        let drill = result.drill
        switch self.output.format {
        case .json:
            var document = Document(source: result.source, drill: drill, compared: result.difference != nil)
            document.error = result.error
            guard self.isOneOfMany else { return self.terminal.printDocument(document) }
            document.type = "drill"
            self.terminal.printJSON(document)
        case .table where self.output.quiet: self.terminal.print(drill.run.text)
        case .table:
            let word = drill.isPassed ? "passed" : "failed"
            let style = drill.isPassed ? Style.good : .bad
            let head = style.apply(word, isOn: self.terminal.abilities.colorsOutput)
            guard let name = drill.backupName, let target = drill.target else {
                self.terminal.print("\(head)  drill of \(result.source)")
                if let error = result.error { ErrorPrinter(terminal: self.terminal).print(error) }
                return
            }
            self.terminal.print("\(head)  \(name)  into \(target.name)")
            self.terminal.print("  took         \(Duration.seconds(drill.seconds).formattedBriefly)")
            self.terminal.print("  compared     \(self.comparison(result))")
            self.terminal.print("  run          \(drill.run)")
            if let difference = result.difference {
                DifferencePrinter(terminal: self.terminal).printChanges(difference, indent: "  ")
            }
            if let reason = drill.reason { self.terminal.note("error: \(reason)") }
        }
    }

    private func comparison(_ result: DrillWork.Result) -> String {
        guard let difference = result.difference else {
            return "with nothing: no inventory was taken with that backup"
        }
        return "with the inventory of that backup: \(DifferencePrinter.summary(difference))"
    }
}
