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
    /// How many names are told where nothing was found.
    private static let mostNames = 12

    @Argument(help: "The kind of what is looked for.")
    var kind: String

    @Argument(help: "Its name, or a pattern.", transform: GivenName.read)
    var pattern: String

    @Option(help: "The instance; all that have records by default.", transform: GivenName.read)
    var instance: String?

    @OptionGroup var storage: StorageOptions
    @OptionGroup var azure: AzureOptions
    @OptionGroup var records: RecordsOptions
    @OptionGroup var output: OutputOptions

    func run(in context: CommandContext) async throws -> ExitStatus {
        let pattern = try ItemPattern(kind: self.kind, pattern: self.pattern)
        let settings = try context.settings(self.azure, self.storage)
        return try await AzureConnection.with(settings, records: self.records.records, context: context) { connection in
            let now = connection.clock.now
            let (searches, errors) = try await connection.inEach {
                try await self.search(for: pattern, in: $0, at: now)
            }
            for error in errors { ErrorPrinter(terminal: context.terminal).print(error) }
            let found = InventorySearch(searches)
            if found.items.isEmpty { throw self.nothing(found) }
            let printer = FindPrinter(terminal: context.terminal, followUp: FollowUp(context.arguments))
            switch self.output.format {
            case .json: printer.printDocument(found.items)
            case .table where self.output.quiet: printer.printBackups(found.items)
            case .table: printer.print(found.items)
            }
            return errors.isEmpty ? .success : .someFailed
        }
    }

    private func search(
        for pattern: ItemPattern,
        in opened: OpenedStorage,
        at now: Date
    ) async throws -> InventorySearch {
        let library = InventoryLibrary(opened: opened, now: now)
        let wanted = self.instance.map { ResourceID($0).map { InstanceKey($0).text } ?? $0.lowercased() }
        let known = try await opened.catalog.instances()
        let keys = known.filter { wanted == nil || wanted == $0.text || wanted == $0.instanceName }
        if keys.isEmpty, !known.isEmpty { return InventorySearch(others: known.map(\.instanceName)) }
        return InventorySearch(
            try await keys.map(width: Self.width) { try await library.search(for: pattern, in: $0) }
        )
    }

    private func nothing(_ found: InventorySearch) -> BackupError {
        let place = self.instance.map { " of \($0)" } ?? ""
        if let instance = self.instance, !found.hasInventories, !found.others.isEmpty {
            return BackupError(
                .notFound,
                "No run of an instance '\(instance)' is recorded.",
                remedy: "There are runs of: \(Self.listed(found.others))."
            )
        }
        guard found.hasInventories else {
            return BackupError(
                .notFound,
                "No run\(place) has an inventory.",
                remedy: InventoryLibrary.origin
            )
        }
        return BackupError(
            .notFound,
            "No inventory\(place) holds anything of the kind '\(self.kind)' that is like '\(self.pattern)'.",
            remedy: found.names.isEmpty
                ? "None of that kind is in the newest inventories. They hold \(InventoryCounts(found.counts).words)."
                : "There are: \(Self.listed(found.names))."
        )
    }

    private static func listed(_ names: Set<String>) -> String {
        let more = names.count - Self.mostNames
        return names.sorted().prefix(Self.mostNames).joined(separator: ", ") + (more > 0 ? ", and \(more) more" : "")
    }
}
