import EmulatorBlobStorage
import EmulatorRuntime
import Foundation
import Testing

@testable import AzureEmulator

@Suite("Restore operations")
struct RestoreOperationTests {
    /// Backs up one instance, waits, and restores into another.
    private func restore(
        into target: String,
        after seconds: Double = 0,
        world: World = .builtIn,
        change: [String: JSON] = [:]
    ) async throws -> (Emulated, Answer) {
        let emulated = try Emulated(world)
        _ = try await emulated.backUp()
        emulated.clock.advance(seconds: 600 + seconds)
        let accepted = try await emulated.backUp(target, with: change, action: "restore")
        #expect(accepted.status == 202)
        emulated.clock.advance(seconds: 1800)
        return (emulated, try await emulated.follow(accepted))
    }

    @Test func `a restore brings the configuration of the source`() async throws {
        let (emulated, ended) = try await self.restore(into: "contoso-standby")
        #expect(ended.status == 200)
        let id = Scope(try emulated.instancePath("contoso-standby"))
        let configuration = emulated.parts.cloud.read { state, _ in
            state.instances[id]?.configuration.contents.document
        }
        #expect(configuration == GeneratedConfiguration.contents(of: "contoso-apim").document)
        #expect(configuration?["apis"]?.array?.count ?? 0 >= 24)
    }

    @Test func `another tier is refused with Azure's words`() async throws {
        let (_, ended) = try await self.restore(into: "fabrikam-apim")
        #expect(ended.status == 400)
        #expect(ended.code == "RestoreFailed")
        #expect(ended.message == "Cannot restore: current SKU is 'Premium', backup SKU is 'Developer'")
    }

    @Test func `a backup can be restored for 30 days and not a second longer`() async throws {
        let days = 30.0 * 86_400 - 600
        #expect(try await self.restore(into: "contoso-standby", after: days).1.status == 200)
        let (_, late) = try await self.restore(into: "contoso-standby", after: days + 1)
        #expect(late.message == "Cannot restore: backup expired")
        #expect(late.code == "RestoreFailed")
    }

    @Test func `a missing and a foreign blob fail`() async throws {
        let (emulated, missing) = try await self.restore(
            into: "contoso-standby",
            change: ["backupName": "nothing.apimbackup"]
        )
        #expect(missing.message == "The specified blob does not exist.")
        try emulated.parts.store.put(
            account: "contosobackups",
            container: "apim-backups",
            blob: "foreign",
            content: Data("hello".utf8)
        )
        let accepted = try await emulated.backUp("contoso-standby", with: ["backupName": "foreign"], action: "restore")
        emulated.clock.advance(seconds: 1800)
        #expect(try await emulated.follow(accepted).code == "RestoreFailed")
    }
}
