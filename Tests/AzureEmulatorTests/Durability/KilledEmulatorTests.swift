import Foundation
import Subprocess
import Synchronization
import Testing

@testable import AzureEmulator

/// Real processes that are killed with -9 in the middle of their work; `scripts/emulator-kills` makes a longer run.
@Suite("An emulator that is killed", .timeLimit(.minutes(10)))
struct KilledEmulatorTests {
    private static let environment = ProcessInfo.processInfo.environment
    private static let kills = environment["EMULATOR_KILLS"].flatMap { Int($0) } ?? 6
    private static let seed = environment["EMULATOR_SEED"].flatMap { UInt64($0) } ?? 1

    /// At the time scale of 600 a deletion takes a second, and what is deleted can be recovered for a quarter of an hour.
    private static let world = """
        {"roleAssignments": [{"principal": "apim-backup-runner", "role": "Owner", "scope": "subscription"}],
         "storageAccounts": [{"name": "contosobackups", "resourceGroup": "rg-apim", "softDeleteDays": 7,
                              "containers": ["apim-backups"]}],
         "instances": [{"name": "spare-0", "tier": "Developer"}, {"name": "spare-1", "tier": "Developer"},
                       {"name": "spare-2", "tier": "Developer"}],
         "timings": {"operationLifetimeSeconds": 31449600, "softDeleteSeconds": 604800, "activationSeconds": 300}}
        """

    /// All kinds of things that the clients change.
    private static let kinds: Set<Substring> = [
        "blob", "blocks", "container", "settings", "roleAssignments", "locks", "backup", "tags", "deletion",
    ]

    /// Counts calls, and kills when their number is reached.
    private final class Fuse: Sendable {
        private let left: Atomic<Int>

        init(_ calls: Int) { self.left = Atomic(calls) }

        func burn(_ kill: () -> Void) {
            if self.left.subtract(1, ordering: .relaxed).newValue == 0 { kill() }
        }
    }

    private func withState(_ body: (String) async throws -> Void) async throws {
        try await withTemporaryFolder { folder in
            try Data(Self.world.utf8).write(to: URL(filePath: "\(folder)/world.json"))
            try FileManager.default.createDirectory(atPath: "\(folder)/state", withIntermediateDirectories: true)
            try await body(folder)
        }
    }

    @Test func `has all that it answered after each restart, and takes a torn entry as never written`() async throws {
        let instances = World.builtIn.instances.prefix(3).map(\.id.path)
        let clients = instances.enumerated().map { index, instance in
            SteadyClient(number: index, instance: instance, seed: Self.seed)
        }
        var random = SeededGenerator(seed: Self.seed)
        var token: String?
        try await self.withState { folder in
            for kill in 0...Self.kills {
                let calls = Int.random(in: 1...120, using: &random)
                if kill % 3 == 2 { try Self.tear(folder, Int.random(in: 1..<20, using: &random)) }
                if kill % 4 == 3 {
                    let looks = Int.random(in: 0...3000, using: &random)
                    try await EmulatorProcess.killDuringStart(in: folder, looks: looks)
                }
                let comment = Comment(rawValue: "seed \(Self.seed), after \(kill) kills")
                let known = token
                let found = Mutex<String?>(nil)
                let end = try await EmulatorProcess.run(in: folder) { process in
                    let process = try #require(process, comment)
                    try await LocalClient.with(trusting: process.text("caFile")) { client in
                        let azure = try await AzureSession(process, client, storageToken: known)
                        found.withLock { $0 = azure.keptToken }
                        for client in clients {
                            let differences = try await client.differences(at: azure)
                            #expect(differences.isEmpty, comment)
                        }
                        try await Self.work(clients, at: azure, until: Fuse(calls), of: process)
                    }
                }
                #expect(end.status == .signaled(SIGKILL), "\(end.errors)")
                token = found.withLock { $0 }
            }
            // The last life was killed too; what it answered is looked at above in all lives but that one.
            for client in clients { #expect(await client.thingsThere > 0) }
            guard Self.kills >= 30 else { return }
            var kinds: Set<Substring> = []
            for client in clients { kinds.formUnion(await client.kindsChanged) }
            #expect(kinds == Self.kinds)
        }
    }

    private static func work(
        _ clients: [SteadyClient],
        at azure: AzureSession,
        until fuse: Fuse,
        of process: EmulatorProcess
    ) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for client in clients {
                group.addTask { try await client.work(at: azure) { fuse.burn(process.kill) } }
            }
            try await group.waitForAll()
        }
    }

    /// Leaves the beginning of an entry at the end of each journal, as a write that a crash cut short does.
    private static func tear(_ folder: String, _ length: Int) throws {
        for name in ["cloud", "blobs"] {
            let file = URL(filePath: "\(folder)/state/\(name).journal")
            guard let handle = try? FileHandle(forUpdating: file) else { continue }
            try handle.seekToEnd()
            try handle.write(contentsOf: Data("4096 123456789\n{\"operation\":{\"_0\":".utf8.prefix(length)))
            try handle.close()
        }
    }

    @Test func `leaves its folder to one other at a time`() async throws {
        try await self.withState { folder in
            try await EmulatorProcess.run(in: folder) { process in
                let process = try #require(process)
                let second = try await EmulatorProcess.run(in: folder) { other in
                    #expect(other == nil)
                    other?.kill()
                }
                #expect(second.status == .exited(1))
                #expect(second.errors.contains("Another azure-emulator uses the state folder"))
                process.kill()
            }
            // The system lets go of the folder when a process dies.
            let third = try await EmulatorProcess.run(in: folder) { process in try #require(process).kill() }
            #expect(third.status == .signaled(SIGKILL))
        }
    }
}
