import ArgumentParser
import BackupDomain
import BackupEngine
import FoundationEssentials

/// `apim-backup pin`: keeps a backup whatever the rules say.
struct PinCommand: ContextCommand {
    static let configuration = CommandConfiguration(
        commandName: "pin",
        abstract: "Keep a backup, whatever the rules of retention say.",
        discussion: "Who pinned it, when and why is kept in the catalog. Azure restores it for 30 days all the same."
    )

    @Argument(help: "A backup's name, a run's id, or an instance's name (its newest run).")
    var backup: String

    @Option(help: "Why it is to be kept.")
    var reason: String

    @OptionGroup var storage: StorageOptions
    @OptionGroup var azure: AzureOptions

    func validate() throws {
        guard (1...500).contains(self.reason.utf8.count) else {
            throw ValidationError("--reason takes a text of 1 to 500 characters.")
        }
    }

    func run(in context: CommandContext) async throws -> ExitStatus {
        try await AzureConnection.with(self.azure, context: context) { connection in
            let (source, _) = try await connection.recoveryPoints(self.storage, self.azure)
            let (key, name) = try await source.backup(named: self.backup)
            let board = PinBoard(documents: source.documents, blobs: source.blobs, clock: connection.clock)
            let intent = try await board.pin(
                name,
                in: self.storage.container,
                of: key,
                because: self.reason,
                by: try await connection.principal()
            )
            if let intent {
                context.terminal.print(
                    "\(name) is pinned, but a prune was about to delete it at \(intent.wholeSeconds.iso8601) and has not said "
                        + "what came of it. In an hour verify tells whether it is still there."
                )
                return .failed
            }
            context.terminal.print("\(name) is pinned: no prune deletes it.")
            return .success
        }
    }
}

/// `apim-backup unpin`: leaves a backup to the rules again.
struct UnpinCommand: ContextCommand {
    static let configuration = CommandConfiguration(
        commandName: "unpin",
        abstract: "Leave a pinned backup to the rules of retention again."
    )

    @Argument(help: "A backup's name, a run's id, or an instance's name (its newest run).")
    var backup: String

    @Option(help: "Why it need not be kept any more.")
    var reason: String?

    @OptionGroup var storage: StorageOptions
    @OptionGroup var azure: AzureOptions

    func run(in context: CommandContext) async throws -> ExitStatus {
        try await AzureConnection.with(self.azure, context: context) { connection in
            let (source, _) = try await connection.recoveryPoints(self.storage, self.azure)
            let (key, name) = try await source.backup(named: self.backup)
            let board = PinBoard(documents: source.documents, blobs: source.blobs, clock: connection.clock)
            let isChanged = try await board.unpin(
                name,
                in: self.storage.container,
                of: key,
                because: self.reason,
                by: try await connection.principal()
            )
            context.terminal.print(
                isChanged ? "\(name) is left to the rules again." : "\(name) was not pinned; nothing changed."
            )
            return .success
        }
    }
}
