import AzureClient
import BackupDomain
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
    /// How long the end may take after the second signal.
    private static let patience = Duration.seconds(5)

    /// Runs the process's command line to its end.
    ///
    /// The first signal (SIGINT, SIGTERM, and SIGHUP where nobody listens for it) asks to stop, the second one cancels what is being sent to Azure, and the third ends the process.
    ///
    /// - Returns: The exit code.
    package static func run() async -> Int32 {
        let hangUps = HangUps()
        // Trapped before anything is made, so that a signal during the start leaves nothing behind either.
        let trapped = await UnixSignalsSequence(trapping: hangUps.signals)
        let environment = ProcessInfo.processInfo.environment
        let output = StandardOutput()
        var context = CommandContext(
            terminal: Self.terminal(environment, output),
            environment: environment,
            clock: SystemClock(),
            stop: StopSignal(),
            invocationID: UUID().uuidString.lowercased(),
            files: .system,
            hangUps: { await hangUps.listen($0) }
        )
        context.releaseMemory = Allocator.release
        context.fileNotices = FileNotices.listen
        if isatty(STDIN_FILENO) == 1 {
            context.ask = Self.ask
            context.confirm = { question in ["y", "yes"].contains(await Self.ask("\(question) [y/N] ").lowercased()) }
        }
        let code = await Self.run(context, trapped, hangUps)
        guard code == ExitStatus.success.rawValue, let problem = output.problem else { return code }
        context.terminal.note(
            "error: Standard output could not be written: \(problem). The command itself did its work."
        )
        return ExitStatus.failed.rawValue
    }

    /// Runs the command beside what hears the signals.
    private static func run(
        _ context: CommandContext,
        _ trapped: UnixSignalsSequence,
        _ hangUps: HangUps
    ) async -> Int32 {
        let cancellation = StopSignal()
        return await withTaskGroup(of: Int32?.self) { group in
            group.addTask {
                let arguments = Array(CommandLine.arguments.dropFirst())
                return (try? await cancellation.unlessRaised { await ApimBackup.run(arguments, in: context) })
                    ?? ExitStatus.interrupted.rawValue
            }
            group.addTask {
                var signals = StopSequence()
                for await signal in trapped where !hangUps.isReload(signal) {
                    switch signals.next(isHeeded: context.stop.isHeeded) {
                    case .stop: break
                    case .cancel: cancellation.raise()
                    case .leave: Self.leave(context)
                    }
                    context.stop.raise()
                }
                return nil
            }
            group.addTask {
                await cancellation.wait()
                // Cancelled at the end of the command: then there is nothing to put an end to.
                guard (try? await context.clock.sleep(for: Self.patience)) != nil else { return nil }
                Self.leave(context)
            }
            defer { group.cancelAll() }
            while let code = await group.next() {
                if let code { return code }
            }
            return ExitStatus.failed.rawValue
        }
    }

    /// Asks on standard error, and reads a line of standard input on a thread of its own: it may take long.
    private static let ask: @Sendable (String) async -> String = { question in
        try? FileHandle.standardError.write(contentsOf: Data(question.utf8))
        return await withCheckedContinuation { continuation in
            Thread.detachNewThread {
                continuation.resume(returning: readLine()?.trimmingCharacters(in: .whitespaces) ?? "")
            }
        }
    }

    /// Ends the process in the middle of things.
    private static func leave(_ context: CommandContext) -> Never {
        context.terminal.note("Interrupted. \(context.interruption.sentence)")
        exit(ExitStatus.interrupted.rawValue)
    }

    private static func terminal(_ environment: [String: String], _ output: StandardOutput) -> Terminal {
        let isPlain = !(environment["NO_COLOR"] ?? "").isEmpty || environment["TERM"] == "dumb"
        let error = StandardError()
        var size = winsize()
        let hasSize = unsafe ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0
        return Terminal(
            abilities: Terminal.Abilities(
                colorsOutput: isatty(STDOUT_FILENO) == 1 && !isPlain,
                colorsErrors: isatty(STDERR_FILENO) == 1 && !isPlain,
                drawsLive: isatty(STDERR_FILENO) == 1 && environment["TERM"] != "dumb",
                columns: hasSize ? Int(size.ws_col) : 100
            ),
            output: { output.write($0) },
            error: { error.write($0) }
        )
    }
}
