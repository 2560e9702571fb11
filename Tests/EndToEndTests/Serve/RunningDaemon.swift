import BackupDomain
import BackupEngine
import Commands
import Foundation
import Synchronization
import Testing

/// `apim-backup serve` in this process, attached to a local Azure.
final class RunningDaemon: Sendable {
    private let lines: AsyncStream<String>
    private let seen = Mutex<[String]>([])
    private let hangUp: @Sendable () -> Void

    private init(_ lines: AsyncStream<String>, hangUp: @escaping @Sendable () -> Void) {
        self.lines = lines
        self.hangUp = hangUp
    }

    /// All lines that it has told and somebody has waited for.
    var log: String { self.seen.withLock { $0.joined(separator: "\n") } }

    /// Waits for a line with some words in it.
    ///
    /// - Returns: The line.
    func line(with words: String...) async throws -> String {
        for await line in self.lines {
            self.seen.withLock { $0.append(line) }
            if words.allSatisfy(line.contains) { return line }
        }
        throw BackupError(.notFound, "The daemon ended without a line with \(words):\n\(self.log)")
    }

    /// Asks it to read its settings again.
    func readSettingsAgain() { self.hangUp() }

    /// Starts a daemon, works with it, and tells it to stop.
    ///
    /// - Parameters:
    ///   - azure: Where it works.
    ///   - arguments: Its arguments.
    ///   - variables: Further environment variables.
    ///   - body: What is done meanwhile.
    /// - Returns: The exit code.
    /// - Throws: What `body` throws.
    @discardableResult
    static func with(
        _ azure: LocalAzure,
        _ arguments: [String],
        variables: [String: String] = [:],
        _ body: @escaping @Sendable (RunningDaemon) async throws -> Void
    ) async throws -> Int32 {
        let (lines, line) = AsyncStream<String>.makeStream()
        let (hangUps, hangUp) = AsyncStream<Void>.makeStream()
        let stop = StopSignal()
        let context = CommandContext(
            terminal: Terminal(
                abilities: Terminal.Abilities(),
                output: { _ in },
                error: { text in for part in text.split(separator: "\n") { line.yield(String(part)) } }
            ),
            environment: azure.environment.merging(variables) { _, own in own },
            clock: azure.clock,
            stop: stop,
            invocationID: "00000000-0000-4000-8000-000000000000",
            hangUps: { heard in for await _ in hangUps { heard() } }
        )
        let daemon = RunningDaemon(lines) { hangUp.yield() }
        return try await withThrowingTaskGroup(of: Int32?.self) { group in
            group.addTask {
                let code = await ApimBackup.run(["serve"] + arguments, in: context)
                line.finish()
                return code
            }
            group.addTask {
                defer { stop.raise() }
                try await body(daemon)
                return nil
            }
            var code: Int32?
            for try await end in group { code = code ?? end }
            return try #require(code)
        }
    }

    /// Asks it for a page.
    ///
    /// - Parameters:
    ///   - path: Such as `readyz`.
    ///   - address: The line that says where it listens.
    /// - Returns: The document.
    /// - Throws: Where it is not answered, or is no document.
    static func page(_ path: String, at address: String) async throws -> JSONValue {
        try JSONDecoder.stable().decode(JSONValue.self, from: Data(try await self.text(path, at: address).utf8))
    }

    /// Asks it for a page that is no document.
    ///
    /// - Parameters:
    ///   - path: Such as `metrics`.
    ///   - address: The line that says where it listens.
    /// - Returns: The text.
    /// - Throws: Where it is not answered.
    static func text(_ path: String, at address: String) async throws -> String {
        let start = try #require(address.range(of: "url=")?.upperBound)
        let url = try #require(URL(string: "\(address[start...])/\(path)"))
        return String(decoding: try await PlainHTTP.get(url), as: UTF8.self)
    }
}
