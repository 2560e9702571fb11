import ArgumentParser
import BackupDomain
import BackupEngine

/// `apim-backup acknowledge`: lets `prune` go on although backups have become smaller.
struct AcknowledgeCommand: ContextCommand {
    static let configuration = CommandConfiguration(
        commandName: "acknowledge",
        abstract: "Say that an instance's smaller backups are as they should be, so that prune goes on.",
        discussion: "Holds until the size falls again. Who said so, when and why is kept in the catalog."
    )

    @Argument(help: "The instance's name, key or resource id.")
    var instance: String

    @Option(help: "Why the backups are smaller.")
    var reason: String

    @Option(help: ArgumentHelp("The share of the median size that prune goes by.", valueName: "share"))
    var shrinkGuard = 0.7

    @OptionGroup var storage: StorageOptions
    @OptionGroup var azure: AzureOptions

    func validate() throws {
        guard (1...500).contains(self.reason.utf8.count) else {
            throw ValidationError("--reason takes a text of 1 to 500 characters.")
        }
        guard (0...1).contains(self.shrinkGuard) else {
            throw ValidationError("--shrink-guard takes a share from 0 to 1, not \(self.shrinkGuard).")
        }
    }

    func run(in context: CommandContext) async throws -> ExitStatus {
        try await AzureConnection.with(self.azure, context: context) { connection in
            let (source, _) = try await connection.recoveryPoints(self.storage, self.azure)
            let seen = try await source.look()
            let keys = try seen.instances(named: self.instance)
            guard let key = keys.first, keys.count == 1 else {
                throw BackupError(
                    .instanceAmbiguous,
                    "\(keys.count) instances are named '\(self.instance)': \(keys.map(\.text).joined(separator: ", ")).",
                    remedy: "Name one by its key or its resource id."
                )
            }
            let board = ShrinkBoard(source: source, clock: connection.clock)
            let said = try await board.acknowledge(
                key,
                in: seen,
                threshold: self.shrinkGuard,
                because: self.reason,
                by: try await connection.principal()
            )
            guard let said else {
                context.terminal.print("The shrink guard of \(key.instanceName) is not tripped; nothing changed.")
                return .success
            }
            context.terminal.print(
                "Acknowledged: \(said.alarm.name) has \(Quantities.size(said.alarm.bytes)), the median before it was "
                    + "\(Quantities.size(said.alarm.medianBytes)). Sizes are compared from \(said.newest) on."
            )
            return .success
        }
    }
}
