import ArgumentParser
import BackupDomain
import BackupEngine
import Foundation

/// `apim-backup pause`: lets an instance's schedule rest.
struct PauseCommand: ContextCommand {
    static let configuration = CommandConfiguration(
        commandName: "pause",
        abstract: "Let the schedule of an instance rest until an instant; runs by hand go on.",
        discussion: "Recorded in the catalog with who asked for it, and shown by 'status'. Ends by itself."
    )

    @Argument(help: "The instance: its name, or its full resource id.", transform: GivenName.read)
    var instance: String

    @Option(help: "When the schedule goes on by itself, such as 2026-12-01T06:00:00Z.")
    var until: String

    @Option(help: "Why; shown by 'status'.", transform: GivenReason.read)
    var reason: String?

    @OptionGroup var storage: StorageOptions
    @OptionGroup var azure: AzureOptions

    func validate() throws {
        guard Date(iso8601: self.until) != nil else {
            throw ValidationError(
                "'\(self.until)' is no instant with a time zone; it looks like 2026-12-01T06:00:00Z or "
                    + "2026-12-01T07:00:00+01:00."
            )
        }
    }

    func run(in context: CommandContext) async throws -> ExitStatus {
        try await AzureConnection.with(context.settings(self.azure, self.storage), context: context) { connection in
            let (id, opened) = try await connection.recordedInstance(self.instance)
            let now = connection.clock.now
            guard let until = Date(iso8601: self.until), until > now else {
                throw BackupError(
                    .invalidInput,
                    "--until \(self.until) is in the past: it is \(now.wholeSeconds.iso8601).",
                    remedy: "Name an instant to come."
                )
            }
            let by = try await connection.principal()
            try await opened.pauses.pause(
                id,
                SchedulePause(pausedAt: now.wholeSeconds, until: until, reason: self.reason, by: by)
            )
            context.terminal.print("The schedule of \(id.name) rests until \(Quantities.minute(until)) UTC.")
            return .success
        }
    }
}

/// `apim-backup resume-schedule`: ends a pause before its time.
struct ResumeScheduleCommand: ContextCommand {
    static let configuration = CommandConfiguration(
        commandName: "resume-schedule",
        abstract: "End the pause of an instance's schedule."
    )

    @Argument(help: "The instance: its name, or its full resource id.", transform: GivenName.read)
    var instance: String

    @OptionGroup var storage: StorageOptions
    @OptionGroup var azure: AzureOptions

    func run(in context: CommandContext) async throws -> ExitStatus {
        try await AzureConnection.with(context.settings(self.azure, self.storage), context: context) { connection in
            let (id, opened) = try await connection.recordedInstance(self.instance)
            let wasPaused = try await opened.pauses.end(
                id,
                at: connection.clock.now.wholeSeconds,
                by: connection.principal()
            )
            context.terminal.print(
                wasPaused ? "The schedule of \(id.name) goes on." : "The schedule of \(id.name) was not paused."
            )
            return .success
        }
    }
}
