import ArgumentParser
import BackupDomain
import BackupEngine

/// `apim-backup show`: all of one record.
struct ShowCommand: ContextCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Show all that is recorded of one run."
    )

    @Argument(help: "A run's id, a backup's name, or an instance's name (its newest run).")
    var run: String

    @OptionGroup var storage: StorageOptions
    @OptionGroup var azure: AzureOptions
    @OptionGroup var output: OutputOptions

    func run(in context: CommandContext) async throws -> ExitStatus {
        try await AzureConnection.with(context.settings(self.azure, self.storage), context: context) { connection in
            let record = try await connection.whereFound(self.run) { opened in
                try await opened.points.shown(try await opened.listing.record(named: self.run))
            }
            switch self.output.format {
            case .json: context.terminal.printDocument(record)
            case .table where self.output.quiet: context.terminal.print(record.record.run.text)
            case .table: RecordPrinter(terminal: context.terminal).print(record)
            }
            return .success
        }
    }
}
