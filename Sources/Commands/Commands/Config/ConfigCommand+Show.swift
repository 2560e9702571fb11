import ArgumentParser
import BackupDomain
import Settings

extension ConfigCommand {
    /// `apim-backup config show`: what holds, and where it comes from.
    struct Show: ContextCommand {
        static let configuration = CommandConfiguration(
            commandName: "show",
            abstract: "Show the settings in force, and where each value comes from; never a secret.",
            discussion: """
                What is shown may be used as a settings file. Without a name, instances are shown with what differs for them; \
                with one, an instance is shown with all that holds for it.
                """
        )

        @Argument(help: "An instance's name or resource id.", transform: GivenName.read)
        var instance: String?

        @OptionGroup var storage: StorageOptions
        @OptionGroup var azure: AzureOptions

        @Option(help: "table (YAML with comments) or json; what is printed as JSON only grows from release to release.")
        var format: OutputFormat = .table

        func run(in context: CommandContext) async throws -> ExitStatus {
            let settings = try context.settings(self.azure, self.storage)
            let outline = SettingsOutline(settings)
            let instance = try self.instance.map { name throws(BackupError) in try settings.listedInstance(name) }
            switch self.format {
            case .json:
                context.terminal.printDocument(instance.map(outline.document(of:)) ?? outline.document)
            case .table:
                for line in instance.map(outline.lines(of:)) ?? outline.lines { context.terminal.print(line) }
            }
            return .success
        }
    }

    /// `apim-backup config schema`: for editors.
    struct Schema: ContextCommand {
        static let configuration = CommandConfiguration(
            commandName: "schema",
            abstract: "Print the JSON Schema of the settings file, for completion and checks in editors."
        )

        func run(in context: CommandContext) async throws -> ExitStatus {
            context.terminal.printDocument(SettingsSchema.document)
            return .success
        }
    }
}
