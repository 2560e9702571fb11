import BackupDomain

/// What became of tests that were sent on channels, as a table or as JSON.
struct ChannelTrialPrinter {
    let terminal: Terminal
    let output: OutputOptions

    /// Prints results.
    ///
    /// - Parameter results: The results, in the order of the settings.
    func print(_ results: [ChannelTrial.Result]) {
        switch self.output.format {
        case .json: self.terminal.printDocument(results)
        case .table where self.output.quiet:
            for result in results where !result.isDelivered { self.terminal.print(result.channel) }
        case .table:
            let rows = results.map { result in
                let style: Style = result.isDelivered ? .good : .bad
                let word = result.isDelivered ? "delivered" : "not delivered"
                return [
                    result.channel, result.type, style.apply(word, isOn: self.terminal.abilities.colorsOutput),
                ]
            }
            for line in Table([.init("CHANNEL"), .init("TYPE"), .init("RESULT")], rows: rows).lines {
                self.terminal.print(line)
            }
            let printer = ErrorPrinter(terminal: self.terminal)
            for error in results.compactMap(\.error) { printer.print(error) }
        }
    }
}
