import ArgumentParser
import BackupDomain
import BackupEngine
import Settings

/// `apim-backup notify`: the channels on which people are told.
struct NotifyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "notify",
        abstract: "Try the channels on which people are told.",
        subcommands: [Test.self]
    )

    /// `apim-backup notify test`: sends a test on each channel.
    struct Test: ContextCommand {
        /// How many channels are tried at once.
        private static let width = 8

        static let configuration = CommandConfiguration(
            commandName: "test",
            abstract: "Send a test on each channel of the settings, and tell what became of it.",
            discussion: """
                A channel counts as working once it has taken the test; whether a person saw it, only they can say. The \
                heartbeat's monitor gets a line for its log, which changes nothing there. Exits with 0 where all took it, \
                with 1 where none did, else with 3.
                """
        )

        @Argument(help: "A channel's name, or heartbeat; all by default.")
        var channel: String?

        @OptionGroup var azure: AzureOptions
        @OptionGroup var output: OutputOptions

        func run(in context: CommandContext) async throws -> ExitStatus {
            let settings = try context.settings(self.azure)
            let probes = try settings.notifications.probes(named: self.channel)
            return try await AzureConnection.with(settings, context: context) { connection in
                let trial = ChannelTrial(
                    opener: ChannelOpener(connection: connection, files: context.files),
                    id: "test-\(context.invocationID)",
                    at: connection.clock.now
                )
                let results = try await context.stop.cancelling {
                    try await probes.map(width: Self.width) { await trial.result(of: $0) }
                }
                ChannelTrialPrinter(terminal: context.terminal, output: self.output).print(results)
                return ExitStatus.common(results.map { $0.error == nil ? .success : .failed })
            }
        }
    }
}
