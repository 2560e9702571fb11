import Foundation
import Testing

/// What only a process shows: signals, and standard output that cannot be written.
@Suite("The program as a process", .timeLimit(.minutes(2)))
struct ProcessTests {
    private static var program: String {
        // The programs lie beside the tests' own.
        URL(filePath: CommandLine.arguments[0]).resolvingSymlinksInPath().deletingLastPathComponent()
            .appending(path: "apim-backup").path
    }

    /// How a process ended.
    private struct End: Sendable {
        var code: Int32
        var errors: String
    }

    /// Runs a process to its end on a thread of its own: one that waits in the pool keeps all other tests waiting.
    ///
    /// - Parameters:
    ///   - command: The program and its arguments.
    ///   - environment: Its variables; nil for those of the tests.
    ///   - signals: What it is sent, and the output after which it is.
    /// - Returns: How it ended.
    /// - Throws: What keeps it from starting.
    private static func run(
        _ command: [String],
        environment: [String: String]? = nil,
        signals: (numbers: [Int32], after: String) = ([], "")
    ) async throws -> End {
        try await withCheckedThrowingContinuation { continuation in
            Thread.detachNewThread {
                continuation.resume(
                    with: Result {
                        let (output, errors) = (Pipe(), Pipe())
                        let process = Process()
                        process.executableURL = URL(filePath: command[0])
                        process.arguments = Array(command.dropFirst())
                        process.environment = environment ?? ProcessInfo.processInfo.environment
                        process.standardOutput = output
                        process.standardError = errors
                        try process.run()
                        var seen = ""
                        while !signals.numbers.isEmpty, !seen.contains(signals.after) {
                            let part = output.fileHandleForReading.availableData
                            guard !part.isEmpty else { break }
                            seen += String(decoding: part, as: UTF8.self)
                        }
                        for signal in signals.numbers { kill(process.processIdentifier, signal) }
                        _ = output.fileHandleForReading.readDataToEndOfFile()
                        let text = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
                        process.waitUntilExit()
                        return End(code: process.terminationStatus, errors: text)
                    }
                )
            }
        }
    }

    @Test func `says that standard output could not be written, and fails`() async throws {
        let end = try await Self.run(["/bin/sh", "-c", "exec '\(Self.program)' --version > /dev/full"])
        #expect(end.code == 1)
        #expect(end.errors.contains("Standard output could not be written: No space left on device."), "\(end.errors)")
    }

    @Test(
        arguments: [
            ([SIGINT], "$ apim-backup run"), ([SIGINT, SIGINT], "$ apim-backup run"), ([SIGHUP], "$ apim-backup run"),
            // Before anything is made.
            ([SIGHUP], "A local Azure starts"),
        ]
    )
    func `a demo that is stopped leaves nothing behind`(_ signals: [Int32], _ marker: String) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "stopped-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let end = try await Self.run(
            [Self.program, "demo"],
            environment: ["TMPDIR": folder.path, "PATH": "/usr/bin:/bin", "HOME": folder.path],
            signals: (signals, marker)
        )
        #expect(end.code == 130, "\(end.errors)")
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
        guard marker.contains("run") else { return }
        #expect(end.errors.contains("Stopping."), "\(end.errors)")
        #expect(end.errors.contains("has ended with it: nothing goes on"), "\(end.errors)")
    }

    @Test func `a demo that is to outlive its terminal is not stopped by the end of that`() async throws {
        let end = try await Self.run(
            ["/bin/sh", "-c", "trap '' HUP; exec '\(Self.program)' demo"],
            signals: ([SIGHUP], "$ apim-backup run")
        )
        #expect(end.code == 0, "\(end.errors)")
    }
}
