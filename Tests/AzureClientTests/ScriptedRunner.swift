import AzureClient
import Foundation
import Synchronization

/// A command runner that gives one answer; without one the command is not installed.
final class ScriptedRunner: CommandRunner {
    private let outcome: CommandOutcome?
    private let log = Mutex<[[String]]>([])

    init(_ outcome: CommandOutcome?) { self.outcome = outcome }

    /// The command lines so far.
    var commands: [[String]] { self.log.withLock(\.self) }

    func run(
        _ name: String,
        _ arguments: [String],
        input: Data,
        environment: [String: String],
        deadline: Duration
    ) async throws -> CommandOutcome {
        self.log.withLock { $0.append([name] + arguments) }
        guard let outcome = self.outcome else { throw CommandFailure("'\(name)' is not installed") }
        return outcome
    }
}
