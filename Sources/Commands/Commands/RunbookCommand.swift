import ArgumentParser
import AzureClient
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

    @Argument(help: "The instance's name; all that the settings list by default.", transform: GivenName.read)
    var instance: String?

    @OptionGroup var storage: StorageOptions
    @OptionGroup var azure: AzureOptions
    @OptionGroup var records: RecordsOptions

    func run(in context: CommandContext) async throws -> ExitStatus {
        let settings = try context.settings(self.azure, self.storage)
        let wanted = try settings.wanted(self.instance.map { [$0] } ?? [], resourceGroup: nil)
        return try await AzureConnection.with(settings, records: self.records.records, context: context) { connection in
            var entries: [RunbookEntry] = []
            for each in wanted { entries.append(await self.entry(try each.settings.get(), connection)) }
            let runbook = Runbook(
                entries: entries,
                identity: await Self.identity(connection),
                contacts: Self.contacts(settings.notifications),
                at: connection.clock.now,
                program: "apim-backup \(ApimBackup.version)"
            )
            for line in runbook.lines { context.terminal.print(line) }
            return entries.allSatisfy { $0.newest != nil } ? .success : .failed
        }
    }

    /// What is known of one instance; a page with a gap is better than none.
    private func entry(_ instance: InstanceSettings, _ connection: AzureConnection) async -> RunbookEntry {
        var entry = RunbookEntry(
            name: instance.instanceName,
            account: instance.backup.storage.account ?? "",
            container: instance.backup.storage.container,
            catalogContainer: instance.backup.storage.catalogContainer
        )
        do {
            let opened = try await connection.open(instance.backup, subscription: instance.backup.subscription)
            // Only one command of the page needs it.
            entry.containerID = await connection.accountID(of: opened)?.containerID(entry.container)
            let records = try await opened.listing.records(of: instance.instanceName, limit: 60)
                .filter { instance.matches($0.instanceKey) }
            if records.isEmpty {
                entry.problem =
                    "No verified backup is on record, and no run of '\(instance.instanceName)' either, in \(opened.catalogPlace): is the "
                    + "name right?"
            }
            let verified = records.filter { $0.outcome == .verified }.sorted { $0.nominalAt > $1.nominalAt }
            await self.noteDeletion(instance, verified.first, connection, of: &entry)
            if let key = verified.first?.instanceKey {
                try await entry.note(verified, of: key, in: opened, at: connection.clock.now)
                entry.drill = try await DrillBoard(documents: opened.documents).history(of: key).newestPassed
            }
        } catch {
            entry.problem = "Its records could not be read: \((error as? BackupError)?.message ?? "\(error)")"
        }
        return entry
    }

    /// The command that brings it back stands on every page: on the day itself nobody may be able to make another one.
    private func noteDeletion(
        _ instance: InstanceSettings,
        _ newest: RunRecord?,
        _ connection: AzureConnection,
        of entry: inout RunbookEntry
    ) async {
        guard let id = newest?.instance.id ?? instance.knownID else { return }
        let found = await DeletedInstances(resources: connection.plane).named(id.text, in: []).first
        entry.deleted = found?.sentence(at: connection.clock.now)
        if let found {
            entry.recovery = await connection.recovery(of: found)
        } else if let record = newest {
            let place = record.service["location"]?.string ?? record.instance.location
            entry.recovery = DeletedInstance(id: id, location: place, deletedAt: nil, purgesAt: nil)
                .recovery(record.service)
        }
    }

    private static func identity(_ connection: AzureConnection) async -> String {
        guard let report = try? await connection.tokens.report(for: connection.cloud.audience) else {
            return "nobody: no token could be had"
        }
        let id = report.objectID.map { "object id \($0)" } ?? report.applicationID.map { "application \($0)" }
        return [report.credential, id].compactMap(\.self).joined(separator: ", ")
    }

    private static func contacts(_ notifications: NotificationSettings) -> [String] {
        notifications.channels.map { channel in
            let name = channel.channelName ?? "a channel"
            return channel.recipients.isEmpty ? name : "\(name): \(channel.recipients.joined(separator: ", "))"
        }
    }
}
