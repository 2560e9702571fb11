import ArgumentParser
import BackupDomain
import BackupEngine
import Settings

extension ConfigCommand {
    /// `apim-backup config generate`: a settings file to start from.
    struct Generate: ContextCommand {
        static let configuration = CommandConfiguration(
            commandName: "generate",
            abstract: "Write a settings file to start from, with every key and what it is for.",
            discussion: """
                Suggests to keep all backups of the last 30 days and never fewer than three good ones. What flags and \
                variables say is taken over.
                """
        )

        @Flag(help: "List the instances that this identity can see.")
        var fromAzure = false

        @Option(name: .shortAndLong, help: "The file to write; standard output by default. Refuses a file that exists.")
        var out: String?

        @OptionGroup var storage: StorageOptions
        @OptionGroup var azure: AzureOptions

        func run(in context: CommandContext) async throws -> ExitStatus {
            // What is begun here owes nothing to a file that happens to lie here.
            let flags = (self.azure.flags + self.storage.flags).compactMap(\.self)
            let settings = try ProgramSettings.resolve(file: nil, variables: context.environment, flags: flags)
                .checked()
            let listed = self.fromAzure ? try await self.listed(settings, context) : []
            let text = StartingSettings(settings, listed: listed).text
            guard let out = self.out else {
                context.terminal.print(String(text.dropLast()))
                return .success
            }
            try NewFile(path: out, option: "--out").write(text)
            context.terminal.note("\(out) is written. Read it, then: apim-backup config validate --settings \(out)")
            return .success
        }

        private func listed(
            _ settings: ProgramSettings,
            _ context: CommandContext
        ) async throws -> [StartingSettings.Listed] {
            try await AzureConnection.with(settings, context: context) { connection in
                let found = try await InstanceDiscovery(plane: connection.plane).all(
                    in: settings.backup.subscription
                ) { subscription, error in
                    context.terminal.note("The subscription \(subscription) was passed over: \(error.message)")
                }
                if found.isEmpty { context.terminal.note("This identity can see no API Management instance.") }
                return found.map { found in
                    let tier = found.instance?.tier
                    return StartingSettings.Listed(
                        found.id.text,
                        comment: tier.map { "tier \($0)" } ?? "cannot be read by this identity",
                        obstacle: tier?.supportsBackup == false
                            ? "this tier has no backup, only its inventory can be taken:" : nil
                    )
                }
            }
        }
    }
}
