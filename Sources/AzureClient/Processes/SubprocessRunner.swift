package import FoundationEssentials
import Subprocess
import SystemPackage

/// Runs programs of this machine, in a folder that nobody but the system can write to.
package struct SubprocessRunner: CommandRunner {
    /// Creates a runner.
    package init() {}

    package func run(
        _ name: String,
        _ arguments: [String],
        input: Data,
        environment: [String: String],
        deadline: Duration
    ) async throws -> CommandOutcome {
        let variables = Environment.custom(
            Dictionary(uniqueKeysWithValues: environment.map { (Environment.Key(stringLiteral: $0.key), $0.value) })
        )
        let standardInput = try FileDescriptor.holding(input)
        defer { try? standardInput.close() }
        do {
            return try await withThrowingTaskGroup(of: CommandOutcome.self) { group in
                group.addTask {
                    let result = try await Subprocess.run(
                        name.contains("/") ? .path(FilePath(name)) : .name(name),
                        arguments: Arguments(arguments),
                        environment: variables,
                        workingDirectory: "/",
                        input: .fileDescriptor(standardInput, closeAfterSpawningProcess: false),
                        output: .bytes(limit: 1 << 20),
                        error: .string(limit: 1 << 16)
                    )
                    return CommandOutcome(
                        succeeded: result.terminationStatus.isSuccess,
                        output: Data(result.standardOutput),
                        errorText: result.standardError
                    )
                }
                group.addTask {
                    try await SystemClock().sleep(for: deadline)
                    throw CommandFailure("'\(name)' did not end within \(deadline.inSeconds) seconds")
                }
                defer { group.cancelAll() }
                guard let outcome = try await group.next() else { throw CancellationError() }
                return outcome
            }
        } catch let error as SubprocessError {
            try Task.checkCancellation()
            throw CommandFailure(
                error.code == .executableNotFound ? "'\(name)' is not installed" : "'\(name)' cannot be run: \(error)"
            )
        }
    }
}
