import ArgumentParser
import BackupDomain
import Foundation
import Settings

extension ScheduleCommand {
    /// `apim-backup schedule next`: the next times of a schedule.
    struct Next: ContextCommand {
        static let configuration = CommandConfiguration(
            commandName: "next",
            abstract: "Show the next times of schedules, and what is odd where the clocks change.",
            discussion: """
                Of the instances that the settings list, or of --cron alone. In a night in which the clocks jump ahead, a \
                time that they jump over comes once, as soon as they have. In one in which they go back, a time that they \
                show twice comes once. An expression whose minute or hour begins with * keeps its spacing instead.
                """
        )

        @Argument(
            help: "An instance's name or resource id; all that the settings list by default.",
            transform: GivenName.read
        )
        var instance: String?

        @Option(help: "Five fields, such as '0 1 * * *', or @daily, in place of what the settings say.")
        var cron: String?

        @Option(help: "The IANA name of the time zone whose clocks count for --cron. (default: UTC)")
        var timeZone: String?

        @Option(help: "The instant to begin after, such as 2026-12-01T06:00:00Z; now by default.")
        var from: String?

        @Option(help: "How many times to show of each schedule.")
        var count = 10

        @OptionGroup var azure: AzureOptions

        @Option(help: "table or json; what is printed as JSON only grows from release to release.")
        var format: OutputFormat = .table

        func validate() throws {
            guard (1...1000).contains(self.count) else {
                throw ValidationError("--count takes a number from 1 to 1000, not \(self.count).")
            }
            if self.cron != nil, self.instance != nil {
                throw ValidationError("--cron stands for itself: it takes no instance.")
            }
            if self.cron == nil, self.timeZone != nil { throw ValidationError("--time-zone goes with --cron only.") }
            _ = try self.start
        }

        func run(in context: CommandContext) async throws -> ExitStatus {
            let start = try self.start ?? context.clock.now
            let upcoming = try self.schedules(context).map { schedule, instances throws(BackupError) in
                UpcomingTimes(
                    schedule,
                    of: instances,
                    zone: try context.zones.rules(named: schedule.timeZone),
                    after: start,
                    count: self.count
                )
            }
            let printer = UpcomingPrinter(terminal: context.terminal)
            switch self.format {
            case .json: printer.printDocument(upcoming, isPlanned: self.cron == nil)
            case .table: printer.printTables(upcoming)
            }
            return .success
        }

        /// The schedules to show, each once, with the instances that go by it; none for an expression of its own.
        private func schedules(
            _ context: CommandContext
        ) throws -> [(schedule: Schedule, instances: [InstanceSettings])] {
            if let cron = self.cron {
                let timing = ScheduleTiming.cron(try CronExpression(cron))
                return [(Schedule(timing: timing, timeZone: self.timeZone ?? Schedule().timeZone), [])]
            }
            let settings = try context.scheduledSettings(self.azure, [])
            if let instance = self.instance {
                let listed = try settings.instanceOrStandard(instance)
                return [(listed.backup.schedule.schedule, [listed])]
            }
            guard !settings.instances.isEmpty else { return [(settings.backup.schedule.schedule, [])] }
            var found: [(schedule: Schedule, instances: [InstanceSettings])] = []
            for instance in settings.instances {
                let schedule = instance.backup.schedule.schedule
                if let index = found.firstIndex(where: { $0.schedule == schedule }) {
                    found[index].instances.append(instance)
                } else {
                    found.append((schedule, [instance]))
                }
            }
            return found
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
