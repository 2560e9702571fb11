import ArgumentParser
import BackupDomain
import BackupEngine
import Settings

extension ScheduleCommand {
    /// `apim-backup schedule history`: what became of an instance's times.
    struct History: ContextCommand {
        static let configuration = CommandConfiguration(
            commandName: "history",
            abstract: "Show what became of the times of an instance's schedule: each has one outcome.",
            discussion: """
                Newest first: the outcome of the run that was made, or why none was. Times that follow each other and fared \
                alike are one line.
                """
        )

        @Argument(help: "The instance's name, key or resource id.", transform: GivenName.read)
        var instance: String

        @Option(help: "The most lines to show.")
        var limit = 30

        @OptionGroup var storage: StorageOptions
        @OptionGroup var azure: AzureOptions

        @Option(help: "table or json; what is printed as JSON only grows from release to release.")
        var format: OutputFormat = .table

        func validate() throws {
            guard (1...ScheduleHistory.mostEntries).contains(self.limit) else {
                throw ValidationError(
                    "--limit takes a number from 1 to \(ScheduleHistory.mostEntries), not \(self.limit)."
                )
            }
        }

        func run(in context: CommandContext) async throws -> ExitStatus {
            try await AzureConnection.with(context.settings(self.azure, self.storage), context: context) { connection in
                let (id, opened) = try await connection.recordedInstance(self.instance)
                let outcomes = ScheduleOutcomes(
                    board: opened.board,
                    catalog: opened.catalog
                )
                guard let lines = try await outcomes.newest(of: id, limit: self.limit) else {
                    throw BackupError(
                        .notFound,
                        "No scheduler has seen a schedule of \(id.name) in \(opened.catalogPlace).",
                        remedy:
                            "'apim-backup serve' and 'apim-backup run --due' go by schedules and keep their history."
                    )
                }
                let printer = HistoryPrinter(terminal: context.terminal)
                switch self.format {
                case .json: printer.printDocument(lines)
                case .table: printer.printTable(lines, of: id.name)
                }
                return .success
            }
        }
    }
}
