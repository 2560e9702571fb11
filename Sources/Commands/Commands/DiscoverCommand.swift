import ArgumentParser
import BackupDomain
import BackupEngine
import Foundation

/// `apim-backup discover`: which instances nobody backs up.
struct DiscoverCommand: ContextCommand {
    static let configuration = CommandConfiguration(
        commandName: "discover",
        abstract: "List the instances that this identity can see and that nothing protects.",
        discussion: """
            An instance counts as protected where 'status' says so. Tiers without a backup are listed too, and said to be so.
            """
    )

    @OptionGroup var storage: StorageOptions
    @OptionGroup var azure: AzureOptions

    @Flag(help: "List the protected ones too.")
    var all = false

    @OptionGroup var output: OutputOptions

    func run(in context: CommandContext) async throws -> ExitStatus {
        try await AzureConnection.with(self.azure, context: context) { connection in
            let subscription = connection.subscription(self.azure)
            let storage = try await connection.storage(self.storage, subscription: subscription)
            let reader = StatusReader(
                blobs: storage.blobs,
                catalogContainer: self.storage.catalogContainer,
                container: self.storage.container
            )
            let now = connection.clock.now
            let lines = try await reader.lines(of: nil, expectation: ProtectionStatus.Expectation(), at: now)
            let verdicts = Dictionary(lines.map { ($0.key, $0.status.verdict) }) { first, _ in first }
            let found = try await InstanceDiscovery(plane: connection.plane).all(in: subscription) {
                subscription,
                error in
                context.terminal.note("The subscription \(subscription) was passed over: \(error.message)")
            }
            let instances = found.map { DiscoveredInstance($0, verdict: verdicts[InstanceKey($0.id)]) }
                .filter { self.all || $0.verdict != .protected }
            self.show(instances, of: found.count, context.terminal)
            return .success
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
            let table = Table(
                [
                    .init("INSTANCE"), .init("TIER"), .init("RESOURCE GROUP"), .init("SUBSCRIPTION"),
                    .init("PROTECTION"),
                ],
                rows: instances.map { instance in
                    [
                        instance.id.name, instance.tier ?? "not readable", instance.id.resourceGroup,
                        instance.id.subscription, instance.wording,
                    ]
                }
            )
            for line in table.lines { terminal.print(line) }
        }
    }
}
