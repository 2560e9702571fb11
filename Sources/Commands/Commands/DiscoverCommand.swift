import ArgumentParser
import BackupDomain
import BackupEngine
import Settings

/// `apim-backup discover`: which instances nobody backs up.
struct DiscoverCommand: ContextCommand {
    static let configuration = CommandConfiguration(
        commandName: "discover",
        abstract: "List the instances that this identity can see and that nothing protects.",
        discussion: """
            An instance counts as protected where 'status' says so. Where the settings list instances, those that they do \
            not list are shown too. Tiers without a backup are listed, and said to be so. A subscription that refuses to \
            be searched is named and passed over.
            """
    )

    @OptionGroup var storage: StorageOptions
    @OptionGroup var azure: AzureOptions

    @Flag(help: "List the protected ones too.")
    var all = false

    @OptionGroup var output: OutputOptions

    func run(in context: CommandContext) async throws -> ExitStatus {
        let settings = try context.settings(self.azure, self.storage)
        return try await AzureConnection.with(settings, context: context) { connection in
            let now = connection.clock.now
            let (found, errors) = try await connection.inEach { opened in
                let lines = try await opened.status.lines(of: nil, standard: ProtectionStatus.Expectation(), at: now)
                return (lines: lines, backups: opened.backupPlace)
            }
            let verdicts = Dictionary(found.flatMap(\.lines).map { ($0.key, $0.status.verdict) }) { first, _ in first }
            let instances = try await InstanceDiscovery(plane: connection.plane).all(
                in: settings.backup.subscription
            ) { subscription, error in
                context.terminal.note("The subscription \(subscription) was passed over: \(error.message)")
            }
            let all = instances.map { found in
                DiscoveredInstance(
                    found,
                    verdict: verdicts[InstanceKey(found.id)],
                    isListed: settings.instances.isEmpty
                        ? nil : settings.instances.contains { $0.matches(InstanceKey(found.id)) }
                )
            }
            let wanted = all.filter { self.all || $0.verdict?.isWell != true || $0.isListed == false }
            self.show(wanted, of: all.count, context.terminal)
            for found in found { found.lines.noteUnseenBackups(in: found.backups, context.terminal) }
            for error in errors { ErrorPrinter(terminal: context.terminal).print(error) }
            return errors.isEmpty ? .success : .someFailed
        }
    }

    private func show(_ instances: [DiscoveredInstance], of count: Int, _ terminal: Terminal) {
        switch self.output.format {
        case .json: terminal.printDocument(instances)
        case .table where self.output.quiet: for instance in instances { terminal.print(instance.id.description) }
        case .table:
            guard !instances.isEmpty else {
                terminal.note(
                    count == 0
                        ? "This identity can see no API Management instance."
                        : "Nothing to do: all \(count) instances that this identity can see are protected."
                )
                return
            }
            let hasList = instances.contains { $0.isListed != nil }
            let columns: [Table.Column] = [
                .init("INSTANCE"), .init("TIER"), .init("RESOURCE GROUP"), .init("SUBSCRIPTION"), .init("PROTECTION"),
            ]
            let table = Table(
                columns + (hasList ? [.init("IN SETTINGS")] : []),
                rows: instances.map { instance in
                    [
                        instance.id.name, instance.tier ?? "not readable", instance.id.resourceGroup,
                        instance.id.subscription, instance.wording,
                    ] + (hasList ? [instance.isListed == true ? "yes" : "no"] : [])
                }
            )
            for line in table.lines { terminal.print(line) }
        }
    }
}
