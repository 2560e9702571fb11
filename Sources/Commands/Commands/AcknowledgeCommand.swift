import ArgumentParser
import BackupDomain
import BackupEngine
import Settings

/// `apim-backup acknowledge`: lets `prune` go on although backups have become smaller.
struct AcknowledgeCommand: ContextCommand {
    static let configuration = CommandConfiguration(
        commandName: "acknowledge",
        abstract: "Say that an instance's smaller backups are as they should be, so that prune goes on.",
        discussion: """
            Comparisons begin anew with the newest backup, and what fell short before it is acknowledged with it; the guard \
            trips again once a later one falls short. Who said so, when and why is kept in the catalog.
            """
    )

    @Argument(help: "The instance's name, key or resource id.", transform: GivenName.read)
    var instance: String

    @Option(help: "Why the backups are smaller.", transform: GivenReason.read)
    var reason: String

    @Option(
        help: ArgumentHelp(
            "The share of the median size that prune goes by. (default: that of the settings, else 0.7)",
            valueName: "share"
        )
    )
    var shrinkGuard: String?

    @OptionGroup var storage: StorageOptions
    @OptionGroup var azure: AzureOptions

    func run(in context: CommandContext) async throws -> ExitStatus {
        let flag = SettingFlag("retention.shrinkGuard", "--shrink-guard", self.shrinkGuard)
        let settings = try context.resolveSettings(self.azure, self.storage.flags + [flag]).checked()
        return try await AzureConnection.with(settings, context: context) { connection in
            let line = try await connection.whereFound(self.instance) { opened in
                try await self.acknowledge(in: opened, over: connection)
            }
            context.terminal.print(line)
            return .success
        }
    }

    private func acknowledge(in opened: OpenedStorage, over connection: AzureConnection) async throws -> String {
        let seen = try await opened.points.look(for: self.instance)
        let keys = try seen.instances(named: self.instance)
        guard let key = keys.first, keys.count == 1 else {
            throw BackupError(
                .instanceAmbiguous,
                "\(keys.count) instances are named '\(self.instance)': \(keys.map(\.text).joined(separator: ", ")).",
                remedy: "Name one by its key or its resource id."
            )
        }
        let said = try await opened.shrinks.acknowledge(
            key,
            in: seen,
            threshold: connection.settings.backup(of: key).retention.shrinkGuard,
            because: self.reason,
            by: try await connection.principal()
        )
        guard let said else { return "The shrink guard of \(key.instanceName) is not tripped; nothing changed." }
        return
            "Acknowledged: \(said.alarm.name) has \(said.alarm.clause(Quantities.size)). Sizes, and what lies in the "
            + "instance, are compared from \(said.newest) on."
    }
}
