import ArgumentParser
import BackupDomain
import BackupEngine
import Inventory

/// `apim-backup diff`: what differs between two inventories.
struct DiffCommand: ContextCommand {
    static let configuration = CommandConfiguration(
        commandName: "diff",
        abstract: "Tell what was added, removed and changed in an instance between two moments.",
        discussion: """
            Each of the two is a run's id, a backup's name, an instance's name (its newest run), 'latest' (the newest run \
            that has an inventory), 'live' (the instance as it is now), or a time: 2026-11-21, or 2026-11-21T01:00:00Z \
            (the newest run until then). Exits with 0 where nothing differs, with 2 where something does.
            """
    )

    @Argument(help: "What was.", transform: GivenName.read)
    var before: String

    @Argument(help: "What is.", transform: GivenName.read)
    var after: String

    @Option(help: "The instance, where neither of the two says which.", transform: GivenName.read)
    var instance: String?

    @OptionGroup var storage: StorageOptions
    @OptionGroup var azure: AzureOptions
    @OptionGroup var records: RecordsOptions
    @OptionGroup var output: OutputOptions

    func run(in context: CommandContext) async throws -> ExitStatus {
        let references = (before: try InventoryReference(self.before), after: try InventoryReference(self.after))
        let settings = try context.settings(self.azure, self.storage)
        return try await AzureConnection.with(settings, records: self.records.records, context: context) { connection in
            let sides = try await connection.inventories(references, of: self.instance)
            let difference = InventoryDifference(from: sides.before.inventory, to: sides.after.inventory)
            let (before, after) = (sides.before.words, sides.after.words)
            switch self.output.format {
            case .json:
                context.terminal.printDocument(DifferenceDocument(difference, from: before, to: after))
            case .table where self.output.quiet:
                for change in difference.changes { context.terminal.print(change.item.path) }
            case .table:
                DifferencePrinter(terminal: context.terminal).print(difference, from: before, to: after)
            }
            return difference.isEmpty ? .success : .different
        }
    }
}
