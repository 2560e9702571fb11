import ArgumentParser
import BackupDomain
import BackupEngine

/// `apim-backup list`: what backups and runs there are.
struct ListCommand: ContextCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List backups and runs, newest first.",
        discussion: """
            Read from the two containers. State 'missing' is a run that ended well whose blob is gone; 'unrecorded' is a \
            blob without a record of ours.
            """
    )

    @Argument(help: "The instance's name; all instances by default.")
    var instance: String?

    @OptionGroup var storage: StorageOptions
    @OptionGroup var azure: AzureOptions

    @Option(help: "The most lines to show.")
    var limit = 50

    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard (1...10_000).contains(self.limit) else {
            throw ValidationError("--limit takes a number from 1 to 10000, not \(self.limit).")
        }
    }

    func run(in context: CommandContext) async throws -> ExitStatus {
        try await AzureConnection.with(self.azure, context: context) { connection in
            let storage = try await connection.storage(
                self.storage,
                subscription: connection.subscription(self.azure)
            )
            let listing = BackupListing(
                blobs: storage.blobs,
                catalog: BlobCatalog(storage: storage.blobs, container: self.storage.catalogContainer),
                container: self.storage.container
            )
            // A full resource id is as good as the name that it ends in.
            let name = self.instance.map { ResourceID($0)?.name ?? $0 }
            let found = try await listing.newest(of: name, limit: self.limit, at: connection.clock.now)
            var backups = found.backups
            let pins = try await PinBoard(
                documents: CatalogDocuments(storage: storage.blobs, container: self.storage.catalogContainer),
                blobs: storage.blobs,
                clock: connection.clock
            ).all(in: self.storage.container)
            for index in backups.indices { backups[index].pin = backups[index].backupName.flatMap { pins[$0] } }
            let printer = ListPrinter(terminal: context.terminal, now: connection.clock.now)
            switch self.output.format {
            case .json: printer.printDocument(backups)
            case .table where self.output.quiet: printer.printNames(backups)
            case .table: printer.printTable(backups, container: "\(storage.account.name)/\(self.storage.container)")
            }
            if !found.isWhole, !self.output.quiet {
                context.terminal.note(
                    "The container holds more than 10,000 blobs: backups without a record were looked for among the first "
                        + "10,000 only."
                )
            }
            return .success
        }
    }
}
