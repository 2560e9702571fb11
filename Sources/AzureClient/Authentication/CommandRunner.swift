/// Runs another program to its end.
package protocol CommandRunner: Sendable {
    /// Runs a command.
    ///
    /// - Parameters:
    ///   - name: The program, looked up along `PATH`.
    ///   - arguments: Its arguments.
    ///   - environment: Its whole environment.
    ///   - deadline: When it is stopped.
    /// - Returns: What came of it.
    /// - Throws: ``CredentialUnavailable`` where it cannot be run or does not end in time.
    func run(
        _ name: String,
        _ arguments: [String],
        environment: [String: String],
        deadline: Duration
    ) async throws -> CommandOutcome
}
