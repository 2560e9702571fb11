import ArgumentParser
import BackupDomain
import BackupEngine
import Inventory

/// `apim-backup log`: what changed in an instance from night to night.
struct LogCommand: ContextCommand {
    static let configuration = CommandConfiguration(
        commandName: "log",
        abstract: "Tell what changed in an instance from backup to backup, newest first.",
        discussion: """
            Compares the inventories of the newest \(InventoryLibrary.mostRuns) runs, each with the one before it. Who made \
            a change stands in Azure's Activity Log, which keeps 90 days: the command that asks it follows each night.
            """
    )

    @Argument(help: "The instance: a name or a resource id.", transform: GivenName.read)
    var instance: String

    @Option(help: "The most nights with changes to show.")
    var limit = 10

    @OptionGroup var storage: StorageOptions
    @OptionGroup var azure: AzureOptions
    @OptionGroup var records: RecordsOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard (1...InventoryLibrary.mostRuns).contains(self.limit) else {
            throw ValidationError("--limit takes a number from 1 to \(InventoryLibrary.mostRuns), not \(self.limit).")
        }
    }

    func run(in context: CommandContext) async throws -> ExitStatus {
        let settings = try context.settings(self.azure, self.storage)
        return try await AzureConnection.with(settings, records: self.records.records, context: context) { connection in
            let (id, opened) = try await connection.recordedInstance(self.instance)
            let library = InventoryLibrary(opened: opened, now: connection.clock.now)
            let nights = try await library.nights(try await library.runs(of: InstanceKey(id)))
            guard let newest = nights.first else {
                throw BackupError(
                    .notFound,
                    "No run of \(id.name) has an inventory.",
                    remedy: InventoryLibrary.origin
                )
            }
            let steps = zip(nights, nights.dropFirst())
                .filter { $0.run.inventory?.digest != $1.run.inventory?.digest }
                .map { ChangedNight(of: id, $0, $1) }.filter { !$0.difference.isEmpty }
            let shown = Array(steps.prefix(self.limit))
            let printer = ChangeLogPrinter(terminal: context.terminal)
            switch self.output.format {
            case .json: printer.printDocument(shown)
            case .table where self.output.quiet: printer.printRuns(shown)
            case .table: printer.print(shown, newest: newest, of: nights.count, left: steps.count - shown.count)
            }
            return .success
        }
    }
}
