import ArgumentParser
import Foundation
import UnixSignals

/// The command line of `azure-emulator`.
struct AzureEmulatorCommand: AsyncParsableCommand {
    /// Name and help.
    static let configuration = CommandConfiguration(
        commandName: "azure-emulator",
        abstract: "A local Azure for backups of API Management, on loopback.",
        discussion: """
            Serves Microsoft Entra ID, managed identities, the Resource Manager with role checks, API Management's \
            backup and restore, and blob storage. When it is ready it prints one line of JSON that says where \
            everything is; attach with the environment in it:

              azure-emulator --time-scale 60 --env-file /tmp/azure.env &
              . /tmp/azure.env
              apim-backup run contoso-apim --storage-account contosobackups

            It stops on SIGTERM and on Ctrl-C. Every field of the files is described in docs/emulator.md.
            """
    )

    @Option(help: "Read what exists from this JSON file instead of the built-in world.")
    var world: String?

    @Option(help: "Make calls fail as this JSON file says.")
    var faults: String?

    @Option(
        help: ArgumentHelp(
            "Give this answer where Azure's own is not known; may be repeated. See docs/assumptions.md.",
            valueName: "name=answer"
        )
    )
    var assume: [String] = []

    @Option(help: "Keep the state in this folder over restarts.")
    var state: String?

    @Option(help: "Write the environment to this file as export lines.")
    var envFile: String?

    @Option(help: "Listen on this address.")
    var host = "127.0.0.1"

    @Option(
        help: """
            Use this port and the five after it: Resource Manager, Entra ID, blobs over TLS, blobs over http, managed \
            identity, clock. Free ports by default.
            """
    )
    var port: Int?

    @Option(help: "Divide the durations that Azure decides, and Retry-After, by this number.")
    var timeScale = 1

    @Option(
        help: "Start a virtual clock at this instant (RFC 3339), whose instants run as fast as the time scale says."
    )
    var virtualClock: String?

    /// Creates the command, as the parser needs it.
    init() {}

    /// Checks the values that need no file.
    ///
    /// - Throws: A usage error, which exits with 64.
    mutating func validate() throws {
        guard (1...1_000_000).contains(self.timeScale) else {
            throw ValidationError("--time-scale must be a whole number from 1 to 1000000.")
        }
        if let port, !(1...65_530).contains(port) { throw ValidationError("--port must be from 1 to 65530.") }
        if let virtualClock, Instant.date(virtualClock) == nil {
            throw ValidationError("--virtual-clock must be an instant such as 2026-11-23T00:00:00Z.")
        }
        do throws(AssumptionMistake) {
            _ = try World.builtIn.assuming(self.assume)
        } catch {
            throw ValidationError("--assume: \(error.message)")
        }
    }

    /// Serves until a signal asks it to stop.
    ///
    /// - Throws: A usage error for a file with mistakes, or what kept the emulator from starting.
    mutating func run() async throws {
        let server: AzureEmulatorServer
        do {
            server = AzureEmulatorServer(
                world: try (self.world.map(World.load(file:)) ?? .builtIn).assuming(self.assume),
                options: EmulatorOptions(
                    host: self.host,
                    firstPort: self.port,
                    stateDirectory: self.state,
                    faults: try self.faults.map(FaultRule.load(file:)) ?? [],
                    sources: .system(
                        timeScale: self.timeScale,
                        virtualStart: self.virtualClock.flatMap(Instant.date)
                    )
                )
            )
        } catch let mistakes as FileMistakes {
            throw ValidationError(mistakes.description)
        }
        // Trapped before anything is made, so that a signal during the start is not lost either.
        let signals = await UnixSignalsSequence(trapping: Self.ends)
        let envFile = self.envFile
        try await server.run { document in
            if let envFile {
                try StartFailure.naming("The environment cannot be written to", envFile) {
                    try PrivateFile.write(Data(document.exportLines.utf8), to: URL(filePath: envFile))
                }
            }
            try FileHandle.standardOutput.write(contentsOf: Data("\(document.line)\n".utf8))
            for await _ in signals { break }
        }
    }

    /// The signals that end it: SIGHUP, a closed terminal, only where whoever started it did not have it outlive that.
    private static var ends: [UnixSignal] {
        var action = sigaction()
        guard unsafe sigaction(SIGHUP, nil, &action) == 0 else { return [.sigterm, .sigint] }
        let handler = unsafe unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self)
        // SIG_IGN, as nohup leaves it.
        return handler == 1 ? [.sigterm, .sigint] : [.sigterm, .sigint, .sighup]
    }
}
