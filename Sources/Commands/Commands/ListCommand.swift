import ArgumentParser
import BackupDomain
import BackupEngine
import Settings

/// `apim-backup list`: what backups and runs there are.
struct ListCommand: ContextCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List backups and runs, newest first.",
        discussion: """
            Read from the two containers of each storage account that the settings name. State 'missing' is a run that \
            ended well whose blob is gone, or was never seen, 'pruned' one whose blob retention deleted, 'changed', 'shrunken' or \
            'empty' one whose blob is not the one that was recorded, which is nothing to restore, 'archived' one whose blob \
            lies in the tier Archive; 'unrecorded' is a blob without a record of ours, 'newer version' a run whose record only \
            a newer release of this program can honour. An instance's name is a filter: one that nothing is recorded of makes \
            an empty list, with exit code 0.
            """
    )

    @Argument(help: "The instance's name; all instances by default.", transform: GivenName.read)
    var instance: String?

    @OptionGroup var storage: StorageOptions
    @OptionGroup var azure: AzureOptions
    @OptionGroup var records: RecordsOptions

    @Option(help: "The most lines to show; with --quiet, the most names.")
    var limit = 50

    @OptionGroup var output: OutputOptions

    private var printsNames: Bool { self.output.format == .table && self.output.quiet }

    func validate() throws {
        guard (1...10_000).contains(self.limit) else {
            throw ValidationError("--limit takes a number from 1 to 10000, not \(self.limit).")
        }
    }

    func run(in context: CommandContext) async throws -> ExitStatus {
        let settings = try context.settings(self.azure, self.storage)
        return try await AzureConnection.with(settings, records: self.records.records, context: context) { connection in
            // A full resource id is as good as the name that it ends in.
            let name = self.instance.map { ResourceID($0)?.name ?? $0 }
            let now = connection.clock.now
            let (found, errors) = try await connection.inEach { opened in
                let found = try await opened.listing.newest(
                    of: name,
                    limit: self.limit,
                    at: now,
                    isNamed: self.printsNames
                )
                let pins = opened.records.isClosed ? [:] : try await opened.pins.all(in: opened.settings.container)
                let leftOut = self.printsNames ? [] : try await opened.leftOut(of: name)
                let lines = (found.backups + leftOut).map { backup in
                    var backup = backup
                    backup.pin = backup.backupName.flatMap { pins[$0] }
                    return ListPrinter.Line(backup: backup, account: opened.account)
                }
                let others =
                    lines.isEmpty && name != nil ? try await opened.records.instances().map(\.instanceName) : []
                return (lines: lines, isWhole: found.isWhole, place: opened.backupPlace, others: others)
            }
            let lines = found.flatMap(\.lines).sorted { $0.backup.at > $1.backup.at }.prefix(self.limit)
            let printer = ListPrinter(terminal: context.terminal, now: now)
            switch self.output.format {
            case .json: printer.printDocument(Array(lines))
            case .table where self.output.quiet: printer.printNames(Array(lines))
            case .table:
                let others = Set(found.flatMap(\.others)).sorted()
                printer.printTable(Array(lines), places: found.map(\.place), of: name, others: others)
            }
            for place in found where !place.isWhole && !self.output.quiet {
                context.terminal.note(
                    "\(place.place) holds more than 10,000 blobs: backups without a record were looked for among the "
                        + "first 10,000 only."
                )
            }
            for error in errors { ErrorPrinter(terminal: context.terminal).print(error) }
            return errors.isEmpty ? .success : .someFailed
        }
    }
}
