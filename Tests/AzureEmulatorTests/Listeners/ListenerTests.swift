import AsyncHTTPClient
import EmulatorRuntime
import Foundation
import HTTPTypes
import NIOCore
import NIOFoundationCompat
import NIOHTTP1
import Testing

@testable import AzureEmulator

@Suite("Listeners", .timeLimit(.minutes(1)))
struct ListenerTests {
    /// Starts an emulator on free ports, and a client that trusts its authority.
    private func serve(
        faults: String = "[]",
        timeScale: Int = 1,
        _ body: @escaping @Sendable (ReadyDocument, LocalClient) async throws -> Void
    ) async throws {
        let sources = EmulatorSources.system(timeScale: timeScale)
        let server = AzureEmulatorServer(
            world: .builtIn,
            options: EmulatorOptions(faults: try FaultRule.parse(Data(faults.utf8), file: "f"), sources: sources)
        )
        try await server.run { ready in
            try await LocalClient.with(trusting: ready.caFile) { client in try await body(ready, client) }
        }
    }

    @Test func `a backup runs over TLS from token to blob`() async throws {
        try await self.serve(timeScale: 600) { ready, client in
            let token = try await client.machineToken(ready, resource: ready.resourceManager)
            let instance = "\(ready.resourceManager)\(World.builtIn.instances[0].id.path)"
            let accepted = try await client.send(
                .POST,
                "\(instance)/backup?api-version=2024-05-01",
                token: token,
                body:
                    #"{"storageAccount":"contosobackups","containerName":"apim-backups","backupName":"n","accessType":"SystemAssignedManagedIdentity"}"#
            )
            #expect(accepted.status == 202)
            #expect(accepted.headers.first(name: "Content-Length") == "0")
            #expect(accepted.headers.first(name: "Retry-After") == "1")
            let location = try #require(accepted.headers.first(name: "Location"))
            var poll = accepted
            // A scaled backup takes one second; each poll is a call through the socket, so no sleeping is needed.
            while poll.status == 202 { poll = try await client.send(.GET, location, token: token) }
            #expect(poll.status == 200)
            let storage = try await client.machineToken(ready, resource: "https://storage.azure.com/")
            let blob = try await client.send(.GET, "\(ready.blobEndpoint)/apim-backups/n", token: storage)
            #expect(blob.status == 200)
            #expect(blob.body.count == 614_400)
            let account = try await client.send(.GET, "\(ready.admin)/_emulator/backups")
            let backups = try JSONParser.parse(account.body).value
            #expect(backups.array?.first?["outcome"]?.string == "succeeded")
        }
    }

    @Test func `everything temporary is gone afterwards`() async throws {
        let seen = SeenPaths()
        try await self.serve { ready, _ in
            #expect(FileManager.default.fileExists(atPath: ready.caFile))
            seen.add(ready.caFile)
            seen.add(try #require(ready.environment["AZURE_CONFIG_DIR"]))
        }
        #expect(seen.paths.count == 2)
        #expect(seen.paths.allSatisfy { !FileManager.default.fileExists(atPath: $0) })
    }

    @Test func `faults drop, lose, truncate, replace and fail answers`() async throws {
        let faults = """
            [{"host": "resourceManager", "path": "/a", "dropConnection": true},
             {"host": "resourceManager", "path": "/b", "status": 503, "code": "Busy", "headers": {"Retry-After": "7"}},
             {"host": "resourceManager", "path": "/metadata/endpoints", "truncateBody": 10},
             {"host": "authority", "replaceBody": "<html>"},
             {"host": "identity", "loseAnswer": true}]
            """
        try await self.serve(faults: faults) { ready, client in
            await #expect(throws: (any Error).self) { try await client.send(.GET, "\(ready.resourceManager)/a") }
            let failed = try await client.send(.GET, "\(ready.resourceManager)/b")
            #expect(failed.status == 503)
            #expect(failed.headers.first(name: "Retry-After") == "7")
            #expect(String(decoding: failed.body, as: UTF8.self).contains("\"Busy\""))
            let metadata = "\(ready.resourceManager)/metadata/endpoints?api-version=2022-09-01"
            await #expect(throws: (any Error).self) { try await client.send(.GET, metadata) }
            #expect(try await client.send(.GET, metadata).status == 200)
            let replaced = try await client.send(.GET, "\(ready.authority)/x")
            #expect(String(decoding: replaced.body, as: UTF8.self) == "<html>")
            await #expect(throws: (any Error).self) {
                try await client.machineToken(ready, resource: ready.resourceManager)
            }
            #expect(try await !client.machineToken(ready, resource: ready.resourceManager).isEmpty)
        }
    }

    @Test func `an answer may be held back when the work is done`() async throws {
        let held = #"[{"path": "/subscriptions", "answerDelaySeconds": 1}]"#
        try await self.serve(faults: held) { ready, client in
            let answered = SeenPaths()
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask {
                    _ = try await client.send(.GET, "\(ready.resourceManager)/subscriptions")
                    answered.add("/subscriptions")
                }
                var account = ""
                // Each look is a call through the socket, so no sleeping is needed.
                while !account.contains("/subscriptions\"") {
                    let calls = try await client.send(.GET, "\(ready.admin)/_emulator/requests")
                    account = String(decoding: calls.body, as: UTF8.self)
                }
                #expect(answered.paths.isEmpty)
                try await group.waitForAll()
                #expect(answered.paths.count == 1)
            }
        }
    }

    @Test func `the account of the calls may be cut to the last ones`() async throws {
        try await self.serve { ready, client in
            for name in ["first", "second"] {
                _ = try await client.send(.GET, "\(ready.resourceManager)/subscriptions/\(name)")
            }
            let last = String(
                decoding: try await client.send(.GET, "\(ready.admin)/_emulator/requests?last=1").body,
                as: UTF8.self
            )
            #expect(last.contains("/subscriptions/second") && !last.contains("/subscriptions/first"))
        }
    }

    @Test func `a body beyond the limit is 413, and a clock is served`() async throws {
        try await self.serve { ready, client in
            let large = String(repeating: "x", count: (4 << 20) + 1)
            #expect(try await client.send(.POST, "\(ready.resourceManager)/subscriptions", body: large).status == 413)
            let own = try await client.send(.POST, "\(ready.admin)/clock?advance=60")
            #expect(own.status == 409)
            let clock = try await client.send(.GET, "\(ready.admin)/clock")
            let body = try JSONParser.parse(clock.body).value
            #expect(body["scale"]?.integer == 1)
            #expect(body["now"]?.string.flatMap(Instant.date) != nil)
        }
    }

    @Test func `a port that is taken stops the start`() async throws {
        try await self.serve { ready, _ in
            let port = try #require(Int(ready.resourceManager.split(separator: ":").last ?? ""))
            let server = AzureEmulatorServer(
                world: .builtIn,
                options: EmulatorOptions(firstPort: port, sources: .system())
            )
            await #expect {
                try await server.run { _ in }
            } throws: { error in
                "\(error)"
                    == "Nothing can listen on '127.0.0.1 with the ports \(port) to \(port + 5)': Address already in use."
            }
        }
    }
}
