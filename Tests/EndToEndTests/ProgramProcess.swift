import BackupDomain
import Foundation
import Synchronization
import Testing

/// The real `apim-backup` in a process of its own, attached to a local Azure.
final class ProgramProcess: Sendable {
    private let process: Process
    private let lines: AsyncStream<String>
    private let seen = Mutex<[String]>([])

    /// The program, which lies beside the tests' own.
    static var program: String {
        URL(filePath: CommandLine.arguments[0]).resolvingSymlinksInPath().deletingLastPathComponent()
            .appending(path: "apim-backup").path
    }

    /// Starts the program.
    ///
    /// - Parameters:
    ///   - azure: The local Azure.
    ///   - arguments: The arguments.
    /// - Throws: What keeps it from starting.
    init(_ azure: LocalAzure, _ arguments: [String]) throws {
        let output = Pipe()
        let process = Process()
        process.executableURL = URL(filePath: Self.program)
        process.arguments = arguments
        process.environment = azure.environment.merging(["PATH": "/usr/bin:/bin", "HOME": "/nonexistent"]) { own, _ in
            own
        }
        process.standardOutput = output
        process.standardError = output
        let (lines, line) = AsyncStream<String>.makeStream()
        try process.run()
        self.process = process
        self.lines = lines
        let handle = output.fileHandleForReading
        // On a thread of its own: one that waits in the pool keeps all other tests waiting.
        Thread.detachNewThread {
            var rest = ""
            while true {
                let part = handle.availableData
                guard !part.isEmpty else { break }
                rest += String(decoding: part, as: UTF8.self)
                while let end = rest.firstIndex(of: "\n") {
                    line.yield(String(rest[..<end]))
                    rest = String(rest[end...].dropFirst())
                }
            }
            process.waitUntilExit()
            line.finish()
        }
    }

    /// All lines that it has told and somebody has waited for.
    var log: String { self.seen.withLock { $0.joined(separator: "\n") } }

    /// Waits for a line with some words in it.
    ///
    /// - Returns: The line.
    /// - Throws: ``BackupDomain/BackupError`` where the program ends without one.
    @discardableResult
    func line(with words: String...) async throws -> String {
        for await line in self.lines {
            self.seen.withLock { $0.append(line) }
            if words.allSatisfy(line.contains) { return line }
        }
        throw BackupError(.notFound, "The program ended without a line with \(words):\n\(self.log)")
    }

    /// Sends a signal.
    func signal(_ number: Int32) { kill(self.process.processIdentifier, number) }

    /// Waits for the end.
    ///
    /// - Returns: The exit code, or the number of the signal that ended it.
    func end() async -> Int32 {
        for await line in self.lines { self.seen.withLock { $0.append(line) } }
        return self.process.terminationStatus
    }

    /// Ends it at once, as a loss of power would.
    func die() async {
        self.signal(SIGKILL)
        _ = await self.end()
    }
}
