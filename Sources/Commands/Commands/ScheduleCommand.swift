import ArgumentParser

/// `apim-backup schedule`: when backups are due, and what became of the times that have passed.
struct ScheduleCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "schedule",
        abstract: "See when backups are due, and what became of the times that have passed.",
        subcommands: [Next.self, History.self]
    )
}
