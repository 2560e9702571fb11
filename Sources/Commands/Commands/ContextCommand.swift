import ArgumentParser
import BackupDomain

/// A command that gets what it works with by parameter, so that tests can give it something else.
protocol ContextCommand: ParsableCommand {
    /// Does the command's work.
    ///
    /// - Parameter context: What the program is given.
    /// - Returns: The exit code.
    /// - Throws: ``BackupDomain/BackupError``, shown to the person as it is.
    func run(in context: CommandContext) async throws -> ExitStatus
}
