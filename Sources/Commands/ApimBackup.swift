package import ArgumentParser
import BackupDomain
import BackupEngine

/// The program: `apim-backup`.
package struct ApimBackup: ParsableCommand {
    /// The program's version.
    package static let version = "0.1.0"

    package static let configuration = CommandConfiguration(
        commandName: "apim-backup",
        abstract: "Automatic, verified backups for Azure API Management.",
        discussion: """
            Exit codes: 0 verified; 1 failed; 2 what diff compared differs; 3 some of several did not end verified; 4 refused, no backup was posted; \
            5 unknown: accepted, not seen to the end; 6 unverified: the blob could not be read; 64 usage; 75 busy; \
            130 interrupted.
            """,
        version: Self.version,
        subcommands: [
            RunCommand.self,
            ServeCommand.self,
            ResumeCommand.self,
            StatusCommand.self,
            ListCommand.self,
            ShowCommand.self,
            FindCommand.self,
            DiffCommand.self,
            LogCommand.self,
            VerifyCommand.self,
            PinCommand.self,
            UnpinCommand.self,
            PruneCommand.self,
            RestoreCommand.self,
            RebuildCommand.self,
            DrillCommand.self,
            RunbookCommand.self,
            DoctorCommand.self,
            FieldTestCommand.self,
            AcknowledgeCommand.self,
            DiscoverCommand.self,
            ScheduleCommand.self,
            PauseCommand.self,
            ResumeScheduleCommand.self,
            LockCommand.self,
            TemplateCommand.self,
            PermissionsCommand.self,
            DeployCommand.self,
            UndeployCommand.self,
            SupportBundleCommand.self,
            CredentialsCommand.self,
            ConfigCommand.self,
            NotifyCommand.self,
            DemoCommand.self,
        ]
    )

    /// Creates the root command.
    package init() {}

    /// Parses and runs a command line.
    ///
    /// - Parameters:
    ///   - arguments: The arguments without the program's name.
    ///   - context: What the program is given.
    /// - Returns: The process's exit code.
    package static func run(_ arguments: [String], in context: CommandContext) async -> Int32 {
        await withTaskGroup(of: Int32?.self) { group in
            group.addTask { await Self.end(of: arguments, in: context) }
            group.addTask {
                await context.stop.wait()
                if context.stop.isRaised { context.interruption.announce(on: context.terminal) }
                return nil
            }
            defer { group.cancelAll() }
            while let code = await group.next() {
                if let code { return code }
            }
            return ExitStatus.failed.rawValue
        }
    }

    private static func end(of arguments: [String], in context: CommandContext) async -> Int32 {
        var context = context
        context.arguments = arguments
        do {
            var command = try Self.parseAsRoot(arguments)
            guard let command = command as? any ContextCommand else {
                // A request for help, or a command that only has others below it: each throws the help that belongs to it.
                try command.run()
                return ExitStatus.success.rawValue
            }
            return try await command.run(in: context).rawValue
        } catch let error as BackupError {
            ErrorPrinter(terminal: context.terminal).print(error)
            return error.exitStatus.rawValue
        } catch is CancellationError {
            context.terminal.note("Interrupted.")
            return ExitStatus.interrupted.rawValue
        } catch {
            let status = Self.exitCode(for: error).rawValue
            let message = Self.fullMessage(for: error, columns: context.terminal.abilities.columns)
            if status == 0 { context.terminal.print(message) } else { context.terminal.note(message) }
            return status
        }
    }
}
