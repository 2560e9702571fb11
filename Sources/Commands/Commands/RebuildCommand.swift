import ArgumentParser
import AzureClient
import BackupDomain
import BackupEngine
import FoundationEssentials
import Provisioning
import Settings

/// `apim-backup rebuild`: the template of an empty instance like one that is gone.
struct RebuildCommand: ContextCommand {
    static let configuration = CommandConfiguration(
        commandName: "rebuild",
        abstract: "Write the ARM template of an empty instance like one that is gone, ready for a restore.",
        discussion: """
            From the resource that the newest record of the instance holds: tier, units, zones, hostnames with their \
            references to certificates, network, identities and properties. What cannot be rebuilt is listed on standard \
            error. An instance that was deleted within the last 48 hours is better recovered whole; the command is printed. \
            Nothing is changed in Azure.
            """
    )

    @Argument(help: "The instance's name, or its resource id.", transform: GivenName.read)
    var instance: String

    @Option(
        help: ArgumentHelp(
            "The file to write the template to; it must not exist. (default: standard output)",
            valueName: "file"
        )
    )
    var out: String?

    @OptionGroup var storage: StorageOptions
    @OptionGroup var azure: AzureOptions
    @OptionGroup var records: RecordsOptions

    func run(in context: CommandContext) async throws -> ExitStatus {
        let settings = try context.settings(self.azure, self.storage)
        return try await AzureConnection.with(settings, records: self.records.records, context: context) { connection in
            let record = try await connection.whereFound(self.instance) { opened in
                try await opened.listing.newestRecord(describing: self.instance)
            }
            let id = record.instance.id
            let rebuild = InstanceRebuild(of: record.service, id: id)
            let deleted = await DeletedInstances(resources: connection.plane).named(id.text, in: [id.subscription])
            try self.write(rebuild, context.terminal)
            self.explain(rebuild, record, deleted.first, at: connection.clock.now, context.terminal)
            return .success
        }
    }

    private func write(_ rebuild: InstanceRebuild, _ terminal: Terminal) throws {
        guard let out = self.out else { return terminal.printDocument(rebuild.template) }
        try NewFile(path: out, option: "--out").write(Terminal.json(rebuild.template, pretty: true) + "\n")
        terminal.print(out)
    }

    private func explain(
        _ rebuild: InstanceRebuild,
        _ record: RunRecord,
        _ deleted: DeletedInstance?,
        at now: Date,
        _ terminal: Terminal
    ) {
        if let deleted {
            terminal.note("warning: \(deleted.sentence(at: now)) Do that instead:")
            terminal.note("  \(deleted.recovery(record.service))")
        }
        let name = record.instance.name
        let file = self.out ?? "rebuild.json"
        terminal.note("As \(name) was \(record.nominalAt.iso8601). What cannot be rebuilt:")
        for sentence in rebuild.omitted { terminal.note("  * \(sentence)") }
        terminal.note("Then, in this order:")
        terminal.note(
            "  az deployment group create --resource-group \(ShellWord.quoted(record.instance.id.resourceGroup)) --template-file "
                + ShellWord.quoted(file)
        )
        let storage = record.storage
        let places = PlaceOptions.text(
            account: storage.account,
            container: storage.container,
            catalogContainer: storage.catalogContainer
        )
        terminal.note("  apim-backup doctor \(name)\(places) --fix")
        terminal.note("  apim-backup restore --to \(name) --in-place\(places)")
    }
}
