import ArgumentParser
import BackupDomain
import BackupEngine
import FoundationEssentials
import Settings

/// `apim-backup pin`: keeps a backup whatever the rules say.
struct PinCommand: ContextCommand {
    static let configuration = CommandConfiguration(
        commandName: "pin",
        abstract: "Keep a backup, whatever the rules of retention say.",
        discussion: "Who pinned it, when and why is kept in the catalog. Azure restores it for 30 days all the same."
    )

    @Argument(help: "A backup's name, a run's id, or an instance's name (its newest run).", transform: GivenName.read)
    var backup: String

    @Option(help: "Why it is to be kept.", transform: GivenReason.read)
    var reason: String

    @OptionGroup var storage: StorageOptions
    @OptionGroup var azure: AzureOptions

    func run(in context: CommandContext) async throws -> ExitStatus {
        try await AzureConnection.with(context.settings(self.azure, self.storage), context: context) { connection in
            let (name, intent) = try await connection.pin(self.backup, because: self.reason)
            if let intent {
                context.terminal.print(
                    "\(name) is pinned, but a prune was about to delete it at \(intent.wholeSeconds.iso8601) and has not "
                        + "said what came of it. In an hour 'apim-backup verify' tells whether it is still there."
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

    @Argument(help: "A backup's name, a run's id, or an instance's name (its newest run).", transform: GivenName.read)
    var backup: String

    @Option(help: "Why it need not be kept any more.", transform: GivenReason.read)
    var reason: String?

    @OptionGroup var storage: StorageOptions
    @OptionGroup var azure: AzureOptions

    func run(in context: CommandContext) async throws -> ExitStatus {
        try await AzureConnection.with(context.settings(self.azure, self.storage), context: context) { connection in
            let (name, isChanged) = try await connection.unpin(self.backup, because: self.reason)
            context.terminal.print(
                isChanged ? "\(name) is left to the rules again." : "\(name) was not pinned; nothing changed."
            )
            return .success
        }
    }
}

extension AzureConnection {
    /// Pins a backup.
    ///
    /// - Parameters:
    ///   - reference: What the person named.
    ///   - reason: Why.
    /// - Returns: The blob's name, and when a prune wrote down that it was about to delete it, where that is open.
    /// - Throws: ``BackupDomain/BackupError``
    fileprivate func pin(_ reference: String, because reason: String) async throws -> (name: String, intent: Date?) {
        try await self.whereFound(reference) { opened in
            let (key, name) = try await opened.points.backup(named: reference)
            let intent = try await opened.pins.pin(
                name,
                in: opened.settings.container,
                of: key,
                because: reason,
                by: try await self.principal()
            )
            return (name, intent)
        }
    }

    /// Takes a backup's pin away.
    ///
    /// - Parameters:
    ///   - reference: What the person named.
    ///   - reason: Why.
    /// - Returns: The blob's name, and whether anything changed.
    /// - Throws: ``BackupDomain/BackupError``
    fileprivate func unpin(
        _ reference: String,
        because reason: String?
    ) async throws -> (name: String, isChanged: Bool) {
        try await self.whereFound(reference) { opened in
            let (key, name) = try await opened.points.backup(named: reference)
            let isChanged = try await opened.pins.unpin(
                name,
                in: opened.settings.container,
                of: key,
                because: reason,
                by: try await self.principal()
            )
            return (name, isChanged)
        }
    }
}
