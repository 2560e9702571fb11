package import FoundationEssentials

/// Runs another program to its end.
package protocol CommandRunner: Sendable {
    /// Runs a command.
    ///
    /// - Parameters:
    ///   - name: The program, by its path or looked up along `PATH`.
    ///   - arguments: Its arguments.
    ///   - input: What it reads on standard input.
    ///   - environment: Its whole environment.
    ///   - deadline: When it is stopped.
    /// - Returns: What came of it.
    /// - Throws: ``CommandFailure`` where it cannot be run or does not end in time.
    func run(
        _ name: String,
        _ arguments: [String],
        input: Data,
        environment: [String: String],
        deadline: Duration
    ) async throws -> CommandOutcome
}
