package import AzureClient
package import BackupDomain
import FoundationEssentials

/// A command of one's own, which reads the notice as JSON on its standard input; no shell is in between.
package struct CommandChannel: NoticeChannel {
    /// The variables of this process that the command is given; what holds a secret is not among them.
    package static let variables = ["PATH", "HOME", "USER", "LANG", "LC_ALL", "TZ", "TMPDIR", "SSL_CERT_FILE"]

    package let name: String
    private let command: [String]
    private let timeout: Duration
    private let environment: [String: String]
    private let runner: any CommandRunner

    /// Creates a channel.
    ///
    /// - Parameters:
    ///   - name: The channel's name.
    ///   - command: The program and its arguments, at least one.
    ///   - timeout: When the command is stopped.
    ///   - environment: The variables of this process, of which ``variables`` are handed on.
    ///   - runner: What runs it.
    package init(
        name: String,
        command: [String],
        timeout: Duration,
        environment: [String: String],
        runner: any CommandRunner
    ) {
        self.name = name
        self.command = command
        self.timeout = timeout
        self.environment = environment.filter { Self.variables.contains($0.key) }
        self.runner = runner
    }

    package func send(_ notice: Notice) async throws {
        guard let program = self.command.first else { throw self.failure("it names no command") }
        let outcome: CommandOutcome
        do {
            outcome = try await self.runner.run(
                program,
                Array(self.command.dropFirst()),
                input: WebhookMessage(notice).encoded(),
                environment: self.environment,
                deadline: self.timeout
            )
        } catch let failure as CommandFailure {
            throw self.failure(failure.reason)
        }
        guard outcome.succeeded else {
            let line = outcome.errorText.split(whereSeparator: \.isNewline).last.map { ": \($0.prefix(200))" } ?? ""
            throw self.failure("'\(program)' did not end with 0\(Redaction.redact(line))")
        }
    }

    private func failure(_ reason: String) -> BackupError {
        BackupError(.noticeNotDelivered, "The channel '\(self.name)' did not take a notice: \(reason).")
    }
}
