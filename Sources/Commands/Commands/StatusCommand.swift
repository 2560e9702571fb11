import ArgumentParser
import BackupDomain
import BackupEngine

/// `apim-backup status`: whether each instance could be restored today.
struct StatusCommand: ContextCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Say for each instance whether it is protected, at risk or unprotected, and why.",
        discussion: """
            Protected: there is a verified backup that Azure still restores, not older than --max-age, and the newest run \
            went well. At risk: there is one, but something needs a person. Unprotected: there is none. Exits with 0 when \
            all are protected, else with 1. Reads each instance's summary only, so it is as fast after ten years as on \
            the first day.
            """
    )

    @Argument(help: "The instance's name; all instances that have records by default.")
    var instance: String?

    @OptionGroup var storage: StorageOptions
    @OptionGroup var azure: AzureOptions

    @Option(help: "The oldest that the newest verified backup may be: a number with s, m, h or d.")
    var maxAge = BackupDuration(ProtectionStatus.Expectation().maxAge)

    @OptionGroup var output: OutputOptions

    func run(in context: CommandContext) async throws -> ExitStatus {
        try await AzureConnection.with(self.azure, context: context) { connection in
            let storage = try await connection.storage(
                self.storage,
                subscription: connection.subscription(self.azure)
            )
            let reader = StatusReader(
                blobs: storage.blobs,
                catalogContainer: self.storage.catalogContainer,
                container: self.storage.container
            )
            let name = self.instance.map { ResourceID($0)?.name ?? $0 }
            let now = connection.clock.now
            let lines = try await reader.lines(
                of: name,
                expectation: ProtectionStatus.Expectation(maxAge: self.maxAge.duration),
                at: now
            )
            if let name, lines.isEmpty {
                throw BackupError(
                    .notFound,
                    "No run of '\(name)' is recorded in \(storage.account.name)/\(self.storage.catalogContainer).",
                    remedy: "Check the name; 'apim-backup status' without a name shows all instances that have records."
                )
            }
            let printer = StatusPrinter(terminal: context.terminal, now: now)
            switch self.output.format {
            case .json: printer.printDocument(lines)
            case .table where self.output.quiet:
                for line in lines where line.status.verdict != .protected { context.terminal.print(line.name) }
            case .table:
                printer.printTable(lines, catalog: "\(storage.account.name)/\(self.storage.catalogContainer)")
            }
            return !lines.isEmpty && lines.allSatisfy { $0.status.verdict == .protected } ? .success : .failed
        }
    }
}
