package import Foundation

/// Runs the commands that stand for containers.
package protocol ContainerRunner: Sendable {
    /// Runs a command to its end; a cancellation ends the command, gently at first.
    ///
    /// - Parameters:
    ///   - command: The program and its arguments; at least the program.
    ///   - environment: Its whole environment.
    ///   - mounts: The folders that it finds.
    ///   - log: Takes what it writes, as it comes.
    /// - Returns: The exit code; 128 and the signal's number where a signal ended it.
    /// - Throws: ``ContainerFault`` where it could not be started.
    func run(
        _ command: [String],
        environment: [String: String],
        mounts: [ContainerMount],
        log: @escaping @Sendable (Data) -> Void
    ) async throws -> Int
}

/// Why a container did not start.
package struct ContainerFault: Error, Sendable {
    /// The reason, in a sentence.
    package let message: String

    /// Creates a fault.
    package init(_ message: String) { self.message = message }
}
