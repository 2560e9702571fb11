import ArgumentParser
import BackupDomain
import BackupEngine
import Foundation
import Inventory

/// `apim-backup find`: which backups hold something.
struct FindCommand: ContextCommand {
    static let configuration = CommandConfiguration(
        commandName: "find",
        abstract: "Find an API, or anything else that lay in an instance, and the newest backup that holds it.",
        discussion: """
            Looks through the inventories of each instance's newest \(InventoryLibrary.mostRuns) runs. Kinds are api, \
            operation, product, named-value, backend, policy-fragment, subscription, group, tag, gateway, logger, \
            certificate and so on, or any. In a pattern '*' stands for any text and '?' for one character; names and \
            display names are looked at, without regard to case.
            """
    )

    /// How many instances are looked through at once.
    private static let width = 4

    @Argument(help: "The kind of what is looked for.")
    var kind: String

    @Argument(help: "Its name, or a pattern.")
    var pattern: String

    @Option(help: "The instance; all that have records by default.")
    var instance: String?

    @OptionGroup var storage: StorageOptions
    @OptionGroup var azure: AzureOptions
    @OptionGroup var records: RecordsOptions
    @OptionGroup var output: OutputOptions

    /// What one account came to.
    private struct Found: Sendable {
        var histories: [ItemHistory] = []
        /// The names that there are of the kind, where nothing was found.
        var names: Set<String> = []
        var hasInventories = false
    }

    func run(in context: CommandContext) async throws -> ExitStatus {
        let pattern = try ItemPattern(kind: self.kind, pattern: self.pattern)
        let settings = try context.settings(self.azure, self.storage)
        return try await AzureConnection.with(settings, records: self.records.records, context: context) { connection in
            let now = connection.clock.now
            let (found, errors) = try await connection.inEach { try await self.look(for: pattern, in: $0, at: now) }
            for error in errors { ErrorPrinter(terminal: context.terminal).print(error) }
            let histories = found.flatMap(\.histories)
            if histories.isEmpty { throw self.nothing(found) }
            let printer = FindPrinter(terminal: context.terminal, followUp: FollowUp(context.arguments))
            switch self.output.format {
            case .json: printer.printDocument(histories)
            case .table where self.output.quiet: printer.printBackups(histories)
            case .table: printer.print(histories, at: now)
            }
            return errors.isEmpty ? .success : .someFailed
        }
    }

    private func look(for pattern: ItemPattern, in opened: OpenedStorage, at now: Date) async throws -> Found {
        let library = InventoryLibrary(opened: opened)
        let wanted = self.instance.map { ResourceID($0).map { InstanceKey($0).text } ?? $0.lowercased() }
        let keys = try await opened.catalog.instances().filter { key in
            wanted == nil || wanted == key.text || wanted == key.instanceName
        }
        let looks = try await keys.map(width: Self.width) { key -> Found in
            var found = Found()
            let nights = try await library.nights(try await library.records(of: key))
            found.hasInventories = !nights.isEmpty
            found.histories = ItemHistory.find(pattern, in: nights, at: now)
            guard found.histories.isEmpty, let newest = nights.first else { return found }
            found.names.formUnion(newest.inventory.items.filter { pattern.kinds.contains($0.kind) }.map(\.name))
            return found
        }
        return looks.reduce(into: Found()) { all, found in
            all.histories += found.histories
            all.names.formUnion(found.names)
            all.hasInventories = all.hasInventories || found.hasInventories
        }
    }

    private func nothing(_ found: [Found]) -> BackupError {
        let place = self.instance.map { " of \($0)" } ?? ""
        guard found.contains(where: \.hasInventories) else {
            return BackupError(
                .notFound,
                "No run\(place) has an inventory.",
                remedy: "They are taken with each backup unless the settings say 'inventory: off'."
            )
        }
        let names = Set(found.flatMap(\.names)).sorted()
        let shown =
            names.prefix(12).joined(separator: ", ") + (names.count > 12 ? ", and \(names.count - 12) more" : "")
        return BackupError(
            .notFound,
            "No inventory\(place) holds anything of the kind '\(self.kind)' that is like '\(self.pattern)'.",
            remedy: names.isEmpty
                ? "None of that kind is in the newest inventory; 'any' looks through all kinds."
                : "There are: \(shown)."
        )
    }
}
