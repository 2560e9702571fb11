import BackupDomain
import BackupEngine
import Foundation
import TestSupport
import Testing

@Suite("A lock that nobody gives back", .timeLimit(.minutes(1)))
struct StrangeLockTests {
    @Test(arguments: [
        ("apim-backups-catalog", "lock break contoso-apim --storage-account a"),
        ("records", "lock break contoso-apim --storage-account a --catalog-container records"),
    ])
    func `is waited for two minutes, told once, and named with what ends it`(
        _ container: String,
        _ command: String
    ) async throws {
        let clock = ManualClock(sleeping: .advances)
        let blobs = MemoryBlobStorage(clock: clock)
        let id = try #require(
            ResourceID("/subscriptions/s/resourceGroups/rg/providers/Microsoft.ApiManagement/service/contoso-apim")
        )
        let lock = InstanceLock(of: InstanceKey(id), blobs: blobs, container: container, clock: clock)
        try await blobs.createContainer(container)
        _ = try await lock.acquire()
        _ = try await blobs.breakLease(of: "v1/leases/\(InstanceKey(id))", in: container)
        _ = try await blobs.acquireLease(
            of: "v1/leases/\(InstanceKey(id))",
            in: container,
            seconds: 1_000_000
        )
        let told = Counter()
        let runner = BackupRunner(
            plane: IdlePlane(),
            storage: RunStorage(
                account: StorageAccount(name: "a", blobEndpoint: try #require(URL(string: "https://a.example"))),
                blobs: blobs
            ),
            clock: clock,
            stop: StopSignal(),
            fallback: MemoryCatalog(),
            program: "test",
            notify: { if case .locked = $0 { told.add() } }
        )
        let begin = clock.now
        do {
            var order = BackupOrder(instance: id, nominalAt: clock.now)
            order.catalogContainer = container
            _ = try await runner.run(order)
            Issue.record("the lock was ignored")
        } catch let error as BackupError {
            #expect(error.code == .busy)
            #expect(error.exitStatus == .busy)
            #expect(error.remedy?.hasSuffix(command) == true)
        }
        #expect(told.count == 1)
        #expect((120...125).contains(clock.now.timeIntervalSince(begin)))
    }

    /// A Resource Manager with one idle instance that must not be asked for a backup.
    struct IdlePlane: ManagementPlane {
        func subscriptions() async throws -> [String] { ["s"] }
        func resources(ofType type: String, named name: String?, in subscription: String) async throws -> [ResourceID] {
            []
        }
        func instance(_ id: ResourceID) async throws -> (instance: Instance, answer: ManagementAnswer) {
            let instance = Instance(
                id: id,
                location: "West Europe",
                tier: Tier("Developer"),
                units: 1,
                provisioningState: "Succeeded",
                identity: InstanceIdentity(systemPrincipalID: "p"),
                minimumAPIVersion: nil,
                document: .object([:])
            )
            return (instance, ManagementAnswer(status: 200))
        }
        func storageAccount(_ id: ResourceID) async throws -> StorageAccount {
            throw BackupError(.storageAccountNotFound, "none")
        }
        func startBackup(of id: ResourceID, _ request: BackupRequest) async throws -> ManagementAnswer {
            Issue.record("posted without the lock")
            return ManagementAnswer(status: 500)
        }
        func startRestore(of id: ResourceID, _ request: BackupRequest) async throws -> ManagementAnswer {
            Issue.record("posted without the lock")
            return ManagementAnswer(status: 500)
        }
        func operation(at location: String) async throws -> ManagementAnswer { ManagementAnswer(status: 500) }
    }
}
