import ArgumentParser
import BackupDomain
import Settings

extension ConfigCommand {
    /// `apim-backup config validate`: all that is wrong with the settings.
    struct Validate: ContextCommand {
        static let configuration = CommandConfiguration(
            commandName: "validate",
            abstract: "Check the settings file and variables, and tell all problems together.",
            discussion: """
                Asks nothing of Azure; with --probe it looks whether the servers of channels and of the heartbeat's monitor \
                can be reached, without telling them anything. Each problem has its file, line and column, the field, the \
                rule and what to do. Exits with 0 where the settings can be used, else with 64.
                """
        )

        @Flag(help: "Look whether the servers that notices go to can be reached.")
        var probe = false

        @OptionGroup var azure: AzureOptions
        @OptionGroup var output: OutputOptions

        func run(in context: CommandContext) async throws -> ExitStatus {
            do {
                return try await self.report(try context.resolveSettings(self.azure, []), in: context)
            } catch let error as BackupError {
                guard self.output.format == .json else { throw error }
                context.terminal.printDocument(ValidationDocument(error))
                return error.exitStatus
            }
        }

        private func report(
            _ resolution: ProgramSettings.Resolution,
            in context: CommandContext
        ) async throws -> ExitStatus {
            var problems = resolution.problems
            if resolution.isUsable { problems += context.files.secretFileProblems(of: resolution.settings) }
            problems += resolution.settings.zoneProblems(in: context.zones)
            if resolution.isUsable {
                problems += context.notificationProblems(of: resolution.settings, beside: problems)
            }
            if self.probe, resolution.isUsable {
                problems += try await AzureConnection.with(resolution.settings, context: context) { connection in
                    await ChannelReach(connection, files: context.files).problems()
                }
            }
            problems.sort(by: SettingsProblem.precedes)
            let isValid = problems.allSatisfy { $0.severity == .warning }
            switch self.output.format {
            case .json:
                context.terminal.printDocument(ValidationDocument(resolution.settings, problems, isValid: isValid))
            case .table:
                for problem in problems { context.terminal.note("\(problem)") }
                if !self.output.quiet { context.terminal.print(Self.verdict(resolution.settings, problems, isValid)) }
            }
            return isValid ? .success : .usage
        }

        private static func verdict(
            _ settings: ProgramSettings,
            _ problems: [SettingsProblem],
            _ isValid: Bool
        ) -> String {
            let file = settings.file ?? "There is no settings file; what variables and defaults say"
            guard isValid else {
                let count = problems.count { $0.severity == .error }
                return "\(file): \(count) \(count == 1 ? "problem" : "problems")."
            }
            let instances = settings.instances.count
            let accounts = settings.places.count
            return "\(file) is valid: \(instances) \(instances == 1 ? "instance" : "instances"), "
                + "\(accounts) storage \(accounts == 1 ? "account" : "accounts")."
        }
    }
}
