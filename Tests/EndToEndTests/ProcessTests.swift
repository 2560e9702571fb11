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

    @Test func `says that standard output could not be written, and fails`() throws {
        let errors = Pipe()
        let process = Process()
        process.executableURL = URL(filePath: "/bin/sh")
        process.arguments = ["-c", "exec '\(Self.program)' --version > /dev/full"]
        process.standardError = errors
        try process.run()
        process.waitUntilExit()
        let text = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        #expect(process.terminationStatus == 1)
        #expect(text.contains("Standard output could not be written: No space left on device."), "\(text)")
    }

    @Test(arguments: [[SIGINT], [SIGINT, SIGINT]])
    func `a demo that is stopped leaves nothing behind`(_ signals: [Int32]) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "stopped-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let (output, errors) = (Pipe(), Pipe())
        let process = Process()
        process.executableURL = URL(filePath: Self.program)
        process.arguments = ["demo"]
        process.environment = ["TMPDIR": folder.path, "PATH": "/usr/bin:/bin", "HOME": folder.path]
        process.standardOutput = output
        process.standardError = errors
        try process.run()
        var seen = ""
        while !seen.contains("$ apim-backup run") {
            let part = output.fileHandleForReading.availableData
            try #require(!part.isEmpty)
            seen += String(decoding: part, as: UTF8.self)
        }
        for signal in signals { kill(process.processIdentifier, signal) }
        _ = output.fileHandleForReading.readDataToEndOfFile()
        let text = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        #expect(process.terminationStatus == 130, "\(text)")
        #expect(text.contains("Stopping."), "\(text)")
        #expect(text.contains("has ended with it: nothing goes on"), "\(text)")
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
    }
}
