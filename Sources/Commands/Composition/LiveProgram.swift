import AzureClient
import BackupEngine
import Foundation
import Settings
import UnixSignals

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The real program, with the real clock, environment and signals.
///
/// No other place obtains them.
package enum LiveProgram {
    /// Runs the process's command line to its end.
    ///
    /// The first interrupt asks to stop, the second one ends the process.
    ///
    /// - Returns: The exit code.
    package static func run() async -> Int32 {
        let stop = StopSignal()
        let environment = ProcessInfo.processInfo.environment
        let context = CommandContext(
            terminal: Self.terminal(environment),
            environment: environment,
            clock: SystemClock(),
            stop: stop,
            invocationID: UUID().uuidString.lowercased(),
            files: .system
        )
        return await withTaskGroup(of: Int32?.self) { group in
            group.addTask {
                await ApimBackup.run(Array(CommandLine.arguments.dropFirst()), in: context)
            }
            group.addTask {
                for await _ in await UnixSignalsSequence(trapping: [.sigint, .sigterm]) {
                    if stop.isRaised { exit(130) }
                    stop.raise()
                    // What does not look at the signal is cancelled: nothing of it goes on in Azure.
                    if !stop.isHeeded { return nil }
                }
                return nil
            }
            defer { group.cancelAll() }
            while let code = await group.next() {
                if let code { return code }
                group.cancelAll()
            }
            return 1
        }
    }

    private static func terminal(_ environment: [String: String]) -> Terminal {
        let isPlain = !(environment["NO_COLOR"] ?? "").isEmpty || environment["TERM"] == "dumb"
        var size = winsize()
        let hasSize = unsafe ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0
        return Terminal(
            abilities: Terminal.Abilities(
                colorsOutput: isatty(STDOUT_FILENO) == 1 && !isPlain,
                colorsErrors: isatty(STDERR_FILENO) == 1 && !isPlain,
                drawsLive: isatty(STDERR_FILENO) == 1 && environment["TERM"] != "dumb",
                columns: hasSize ? Int(size.ws_col) : 100
            ),
            // A reader that has gone away is no reason to give up a backup.
            output: { try? FileHandle.standardOutput.write(contentsOf: Data($0.utf8)) },
            error: { try? FileHandle.standardError.write(contentsOf: Data($0.utf8)) }
        )
    }
}
