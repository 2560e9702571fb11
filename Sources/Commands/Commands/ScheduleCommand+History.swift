import ArgumentParser
import BackupDomain
import BackupEngine
import Foundation

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

        /// One element of the JSON document.
        struct Row: Encodable {
            var from: Date
            var until: Date
            var count: Int?
            var outcome: String
            var reason: ScheduleReason?
            var run: RunID?
            var decidedAt: Date
        }

        @Argument(help: "The instance: its name, or its full resource id.")
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
            try await AzureConnection.with(self.azure, context: context) { connection in
                let (id, storage) = try await connection.recordedInstance(self.instance, self.storage, self.azure)
                let container = self.storage.catalogContainer
                let outcomes = ScheduleOutcomes(
                    board: ScheduleBoard(documents: CatalogDocuments(storage: storage.blobs, container: container)),
                    catalog: BlobCatalog(storage: storage.blobs, container: container)
                )
                guard let lines = try await outcomes.newest(of: id, limit: self.limit) else {
                    throw BackupError(
                        .notFound,
                        "No scheduler has seen a schedule of \(id.name) in \(storage.account.name)/\(container).",
                        remedy: "apim-backup run \(id.name) --due makes what a schedule has due, and keeps its history."
                    )
                }
                self.show(lines, context.terminal)
                return .success
            }
        }

        private func show(_ lines: [ScheduleOutcomes.Line], _ terminal: Terminal) {
            switch self.format {
            case .json:
                terminal.printDocument(
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
            case .table:
                let rows = lines.map { line in
                    let reason = line.record.map { $0.error?.message ?? "" } ?? line.entry.reason?.text ?? ""
                    let last = line.entry.count == 1 ? "" : Quantities.minute(line.entry.until)
                    return [Quantities.minute(line.entry.from), last, line.word, reason]
                }
                let columns: [Table.Column] = [.init("TIME (UTC)"), .init("UNTIL"), .init("OUTCOME"), .init("REASON")]
                for text in Table(columns, rows: rows).lines { terminal.print(text) }
            }
        }
    }
}
