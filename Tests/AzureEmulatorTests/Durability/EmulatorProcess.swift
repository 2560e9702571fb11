import EmulatorRuntime
import Foundation
import Subprocess
import SystemPackage
import Testing

/// A real `azure-emulator` in a process of its own, with its state in a folder.
struct EmulatorProcess: Sendable {
    let ready: JSON
    private let execution: Execution<NoInput, SequenceOutput, StringOutput<UTF8>>

    /// Starts the program, and returns when the process has ended: how, and what it wrote to standard error.
    ///
    /// The body is given nil where there was no ready line.
    @discardableResult
    static func run(
        in folder: String,
        _ body: (EmulatorProcess?) async throws -> Void
    ) async throws -> (status: TerminationStatus, errors: String) {
        let result = try await Self.launch(in: folder) { execution in
            var line: String?
            for try await text in execution.standardOutput.strings() {
                line = text
                break
            }
            guard let line else { return try await body(nil) }
            let ready = try JSONParser.parse(Data(line.utf8)).value
            try await body(EmulatorProcess(ready: ready, execution: execution))
        }
        return (result.terminationStatus, result.standardError)
    }

    /// Starts the program and kills it while it starts, after so many looks at its folder.
    static func killDuringStart(in folder: String, looks: Int) async throws {
        try await Self.launch(in: folder) { execution in
            for _ in 0..<looks { _ = try FileManager.default.contentsOfDirectory(atPath: "\(folder)/state") }
            try? execution.send(signal: .kill)
        }
    }

    @discardableResult
    private static func launch(
        in folder: String,
        _ body: (Execution<NoInput, SequenceOutput, StringOutput<UTF8>>) async throws -> Void
    ) async throws -> ExecutionResult<Void, SequenceOutput, StringOutput<UTF8>> {
        let temporary = "\(folder)/temporary"
        try FileManager.default.createDirectory(atPath: temporary, withIntermediateDirectories: true)
        // The programs lie beside the tests' own.
        let tests = URL(filePath: CommandLine.arguments[0]).resolvingSymlinksInPath()
        let program = tests.deletingLastPathComponent().appending(path: "azure-emulator").path
        return try await Subprocess.run(
            .path(FilePath(program)),
            arguments: ["--state", "\(folder)/state", "--world", "\(folder)/world.json", "--time-scale", "600"],
            environment: .inherit.updating(["TMPDIR": temporary]),
            input: .none,
            output: .sequence,
            error: .string(limit: 1 << 16),
            body: body
        )
    }

    func text(_ path: String...) -> String {
        path.reduce(self.ready as JSON?) { $0?[$1] }?.string ?? ""
    }

    /// Ends the process as a crash would: nothing of it runs any more.
    func kill() { try? self.execution.send(signal: .kill) }
}
