import ArgumentParser
import BackupDomain
import BackupEngine
import Provisioning
import Settings

/// `apim-backup runbook`: the page for the day itself.
struct RunbookCommand: ContextCommand {
    static let configuration = CommandConfiguration(
        commandName: "runbook",
        abstract: "Print the page for the day on which an instance is lost, to keep outside the cloud.",
        discussion: """
            For each instance of the settings, or the one that is named: where its backups are, what it was, the commands in \
            order, ours and Azure's own, what a backup does not hold, and whom to tell. It holds no secret.
            """
    )

    @Argument(help: "The instance's name; all that the settings list by default.")
    var instance: String?

    @OptionGroup var storage: StorageOptions
    @OptionGroup var azure: AzureOptions
    @OptionGroup var records: RecordsOptions

    func run(in context: CommandContext) async throws -> ExitStatus {
        let settings = try context.settings(self.azure, self.storage)
        let wanted = try settings.wanted(self.instance.map { [$0] } ?? [], resourceGroup: nil)
        return try await AzureConnection.with(settings, records: self.records.records, context: context) { connection in
            var entries: [Runbook.Entry] = []
            for each in wanted { entries.append(await self.entry(try each.settings.get(), connection)) }
            let principal = try? await connection.principal()
            let runbook = Runbook(
                entries: entries,
                identity: principal.map { "\($0)" } ?? "nobody: no token could be had",
                contacts: Self.contacts(settings.notifications),
                at: connection.clock.now,
                program: "apim-backup \(ApimBackup.version)"
            )
            for line in runbook.lines { context.terminal.print(line) }
            return entries.allSatisfy { $0.newest != nil } ? .success : .failed
        }
    }

    /// What is known of one instance; a page with a gap is better than none.
    private func entry(_ instance: InstanceSettings, _ connection: AzureConnection) async -> Runbook.Entry {
        var entry = Runbook.Entry(
            name: instance.instanceName,
            account: instance.backup.storage.account ?? "",
            container: instance.backup.storage.container,
            catalogContainer: instance.backup.storage.catalogContainer
        )
        do {
            let opened = try await connection.open(instance.backup, subscription: instance.backup.subscription)
            let records = try await opened.listing.records(of: instance.instanceName, limit: 60)
            // One that was made before a restore holds what that restore was to replace.
            entry.newest = records.filter {
                $0.outcome == .verified && instance.matches($0.instanceKey) && $0.beforeRestoreOf == nil
            }.max { $0.nominalAt < $1.nominalAt }
            if let id = entry.newest?.instance.id ?? instance.knownID {
                let found = await DeletedInstances(resources: connection.plane).named(id.text, in: [])
                if let deleted = found.first {
                    entry.deleted = [
                        deleted.sentence(at: connection.clock.now), await connection.recovery(of: deleted),
                    ]
                }
            }
            if let key = entry.newest?.instanceKey {
                entry.drill = try await DrillBoard(documents: opened.documents).history(of: key).newestPassed
            }
        } catch {
            entry.problem = (error as? BackupError)?.message ?? "\(error)"
        }
        return entry
    }

    private static func contacts(_ notifications: NotificationSettings) -> [String] {
        notifications.channels.map { channel in
            let name = channel.channelName ?? "a channel"
            return channel.recipients.isEmpty ? name : "\(name): \(channel.recipients.joined(separator: ", "))"
        }
    }
}
