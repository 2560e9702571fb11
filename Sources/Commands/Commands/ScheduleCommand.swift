import ArgumentParser

/// `apim-backup schedule`: when backups are due.
struct ScheduleCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "schedule",
        abstract: "See when backups are due.",
        subcommands: [Next.self]
    )
}
