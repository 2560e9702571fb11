import EmulatorBlobStorage
import EmulatorRuntime
import Foundation
import HTTPTypes
import Testing

@testable import AzureEmulator

@Suite("State over a restart")
struct StateOverRestartTests {
    @Test func `an accepted backup ends after a restart, and changes stay`() async throws {
        try await withTemporaryFolder { folder in
            let clock = ManualEmulatorClock()
            let first = try Emulated(clock: clock, state: folder)
            let accepted = try await first.backUp()
            let path = try first.instancePath("contoso-standby")
            #expect(try await first.manage(.patch, path, body: ["tags": ["a": "b"]]).status == 200)
            try first.parts.store.deleteContainer(account: "contosobackups", container: "apim-backups")

            let second = try Emulated(clock: clock, state: folder)
            #expect(try await second.follow(accepted).status == 202)
            #expect(try await second.manage(.get, path).body["tags"] == ["a": "b"])
            // What the world says lies in the accounts is made only once.
            #expect(!second.parts.store.containerExists(account: "contosobackups", container: "apim-backups"))
            try second.parts.store.createContainer(account: "contosobackups", container: "apim-backups")
            clock.advance(seconds: 600)

            let third = try Emulated(clock: clock, state: folder)
            #expect(try await third.follow(accepted).status == 200)
            let blob = third.parts.store.blob(
                account: "contosobackups",
                container: "apim-backups",
                name: "night.apimbackup"
            )
            #expect(blob != nil)
        }
    }

    @Test func `a state folder takes one emulator at a time`() async throws {
        try await withTemporaryFolder { folder in
            let lock = try StateLock(folder: URL(filePath: folder))
            #expect(throws: StateInUse.self) { try StateLock(folder: URL(filePath: folder)) }
            lock.release()
            try StateLock(folder: URL(filePath: folder)).release()
        }
    }
}
