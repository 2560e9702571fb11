import AzureClient
import BackupDomain
import BackupEngine
import Foundation
import TestSupport
import Testing

@Suite("Runs that are asked for in the same second", .timeLimit(.minutes(1)))
struct SameSecondTests {
    @Test func `get a record each, and the refused ones are refused each time`() async throws {
        let clock = ManualClock(sleeping: .advances)
        let blobs = MemoryBlobStorage(clock: clock)
        let id = try #require(
            ResourceID("/subscriptions/s/resourceGroups/rg/providers/Microsoft.ApiManagement/service/northwind-apim")
        )
        let runner = BackupRunner(
            plane: ConsumptionPlane(id: id),
            storage: RunStorage(
                account: StorageAccount(name: "a", blobEndpoint: try #require(URL(string: "https://a.example"))),
                blobs: blobs
            ),
            clock: clock,
            stop: StopSignal(),
            fallback: MemoryCatalog(),
            program: "test",
            notify: { _ in }
        )
        for _ in 0..<3 {
            let report = try await runner.run(BackupOrder(instance: id, nominalAt: clock.now))
            #expect(report.outcome == .refused)
            #expect(report.place == .catalog)
        }
        let catalog = BlobCatalog(storage: blobs, container: "apim-backups-catalog")
        #expect(try await catalog.newestRuns(of: InstanceKey(id), limit: 10).count == 3)
    }

    /// A Resource Manager with one instance, of a tier without backup.
    struct ConsumptionPlane: ManagementPlane {
        let id: ResourceID

        func subscriptions() async throws -> [String] { ["s"] }
        func resources(ofType type: String, named name: String?, in subscription: String) async throws -> [ResourceID] {
            [self.id]
        }
        func instance(_ id: ResourceID) async throws -> (instance: Instance, answer: ManagementAnswer) {
            let instance = Instance(
                id: id,
                location: "West Europe",
                tier: Tier("Consumption"),
                units: 0,
                provisioningState: "Succeeded",
                identity: InstanceIdentity(),
                minimumAPIVersion: nil,
                document: .object([:])
            )
            return (instance, ManagementAnswer(status: 200))
        }
        func storageAccount(_ id: ResourceID) async throws -> StorageAccount {
            throw BackupError(.storageAccountNotFound, "none")
        }
        func startBackup(of id: ResourceID, _ request: BackupRequest) async throws -> ManagementAnswer {
            Issue.record("a refused run must not post")
            return ManagementAnswer(status: 500)
        }
        func startRestore(of id: ResourceID, _ request: BackupRequest) async throws -> ManagementAnswer {
            Issue.record("a refused run must not post")
            return ManagementAnswer(status: 500)
        }
        func operation(at location: String) async throws -> ManagementAnswer { ManagementAnswer(status: 500) }
    }
}
