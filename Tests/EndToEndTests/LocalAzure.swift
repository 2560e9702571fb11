import AzureEmulator
import BackupDomain
import BackupEngine
import Commands
import Foundation
import Synchronization
import Testing

/// A local Azure for the length of a test, with the command line attached to it: everything goes through real sockets.
struct LocalAzure: Sendable {
    /// What one command line came to.
    struct Invocation: Sendable {
        var code: Int32
        var output: String
        var errors: String

        /// The JSON documents on standard output, one a line.
        var lines: [JSONValue] {
            self.output.split(separator: "\n").compactMap {
                try? JSONDecoder.stable().decode(JSONValue.self, from: Data($0.utf8))
            }
        }

        /// The whole of standard output as one JSON document.
        var document: JSONValue? { try? JSONDecoder.stable().decode(JSONValue.self, from: Data(self.output.utf8)) }
        var summary: JSONValue? { self.lines.last { $0["type"]?.string == "summary" } }
        var errorCode: String? { self.summary?["error"]?["code"]?.string }
        var everything: String { self.output + self.errors }
    }

    let ready: ReadyDocument
    var environment: [String: String]
    /// The clock of the commands.
    var clock: any WallClock = RealClock()
    /// What the person types who is asked; nil where nobody can be asked.
    var answer: String?

    /// Azure's ten minutes take one second.
    static let timeScale = 600
    /// By a clock that the commands share; deadlines of seconds are short by it, so it runs slower.
    static let sharedTimeScale = 300
    /// Where the clock begins that the commands share: now, so that tokens are good by the real clock too.
    static var sharedStart: Date { Date() }

    static func with(
        world: String? = nil,
        assuming assumptions: [String] = [],
        faults: String = "[]",
        virtualStart: Date? = nil,
        timeScale: Int? = nil,
        sharesClock: Bool = true,
        _ body: @escaping @Sendable (LocalAzure) async throws -> Void
    ) async throws {
        // What Azure leaves open takes the minutes that it takes to be sure.
        let virtualStart = virtualStart ?? (sharesClock && !assumptions.isEmpty ? Self.sharedStart : nil)
        let server = AzureEmulatorServer(
            world: try (world.map { try World.parse(Data($0.utf8), file: "world.json") } ?? .builtIn)
                .assuming(assumptions),
            options: EmulatorOptions(
                faults: try FaultRule.parse(Data(faults.utf8), file: "faults.json"),
                sources: .system(
                    timeScale: timeScale ?? (virtualStart == nil ? Self.timeScale : Self.sharedTimeScale),
                    virtualStart: virtualStart
                )
            )
        )
        try await server.run { ready in
            var azure = LocalAzure(ready: ready, environment: ready.environment)
            // A hundred calls before each backup tell only the tests of inventories anything.
            azure.environment["APIM_BACKUP_INVENTORY"] = "off"
            try await body(azure)
        }
    }

    func run(_ arguments: String..., stop: StopSignal = StopSignal()) async -> Invocation {
        await self.run(arguments, stop: stop)
    }

    func run(_ arguments: [String], stop: StopSignal = StopSignal()) async -> Invocation {
        let output = Mutex("")
        let errors = Mutex("")
        var context = CommandContext(
            terminal: Terminal(
                abilities: Terminal.Abilities(),
                output: { text in output.withLock { $0 += text } },
                error: { text in errors.withLock { $0 += text } }
            ),
            environment: self.environment,
            clock: self.clock,
            stop: stop,
            invocationID: UUID().uuidString.lowercased()
        )
        if let answer = self.answer { context.ask = { _ in answer } }
        let code = await ApimBackup.run(arguments, in: context)
        return Invocation(code: code, output: output.withLock(\.self), errors: errors.withLock(\.self))
    }

    /// Backs up and reports as JSON lines.
    func backUp(_ instance: String = "contoso-apim", _ options: String...) async -> Invocation {
        await self.run(["run", instance, "--storage-account", "contosobackups", "--format", "json"] + options)
    }

    /// What the emulator accepted, by its own account.
    func accepted() async throws -> [JSONValue] { try await self.account("backups") }

    /// The calls that the emulator saw.
    func requests() async throws -> [JSONValue] { try await self.account("requests") }

    private func account(_ name: String) async throws -> [JSONValue] {
        let url = try #require(URL(string: "\(self.ready.admin)/_emulator/\(name)"))
        let answer = try await PlainHTTP.get(url)
        let document = try JSONDecoder.stable().decode(JSONValue.self, from: answer)
        return try #require(document.array ?? document.object?.values.compactMap(\.array).first)
    }
}
