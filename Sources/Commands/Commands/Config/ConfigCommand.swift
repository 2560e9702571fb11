import ArgumentParser

/// `apim-backup config`: the settings file.
struct ConfigCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "config",
        abstract: "Check, show or begin a settings file.",
        discussion: """
            Settings come from flags, variables and a file; docs/settings.md lists them all. The file is the one that \
            --settings names, else APIM_BACKUP_SETTINGS, else ./apim-backup.yaml, else \
            /etc/apim-backup/apim-backup.yaml.
            """,
        subcommands: [Validate.self, Show.self, Generate.self, Schema.self]
    )
}
