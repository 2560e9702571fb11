import ArgumentParser
import BackupDomain
import Foundation

/// `apim-backup schedule`: when backups are due.
struct ScheduleCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "schedule",
        abstract: "See when backups are due, and what became of the times that have passed.",
        subcommands: [Next.self, History.self]
    )

    /// `apim-backup schedule next`: the next times of a schedule.
    struct Next: ContextCommand {
        static let configuration = CommandConfiguration(
            commandName: "next",
            abstract: "Show the next times of a schedule, and what is odd where the clocks change.",
            discussion: """
                In a night in which the clocks jump ahead, a time that they jump over comes once, as soon as they have. In \
                one in which they go back, a time that they show twice comes once. An expression whose minute or hour begins \
                with * keeps its spacing instead.
                """
        )

        @Option(help: "Five fields, such as '0 1 * * *', or @daily.")
        var cron: String

        @Option(help: "The IANA name of the time zone whose clocks count.")
        var timeZone = "UTC"

        @Option(help: "The instant to begin after, such as 2026-12-01T06:00:00Z; now by default.")
        var from: String?

        @Option(help: "How many times to show.")
        var count = 10

        @Option(help: "table or json; what is printed as JSON only grows from release to release.")
        var format: OutputFormat = .table

        func validate() throws {
            guard (1...1000).contains(self.count) else {
                throw ValidationError("--count takes a number from 1 to 1000, not \(self.count).")
            }
            _ = try self.start
        }

        func run(in context: CommandContext) async throws -> ExitStatus {
            let times = NominalTimes(
                .cron(try CronExpression(self.cron)),
                zone: try context.zones.rules(named: self.timeZone)
            )
            var shown: [NominalTime] = []
            while shown.count < self.count,
                let time = times.first(after: try shown.last?.at ?? self.start ?? context.clock.now)
            {
                shown.append(time)
            }
            let printer = NominalTimePrinter(terminal: context.terminal)
            switch self.format {
            case .json: printer.printDocument(shown)
            case .table: printer.printTable(shown, timeZone: self.timeZone)
            }
            return .success
        }

        private var start: Date? {
            get throws {
                guard let from = self.from else { return nil }
                guard let date = Date(iso8601: from) else {
                    throw ValidationError(
                        "'\(from)' is no instant with a time zone; --from takes one such as 2026-12-01T06:00:00Z or "
                            + "2026-12-01T07:00:00+01:00."
                    )
                }
                return date
            }
        }
    }
}
