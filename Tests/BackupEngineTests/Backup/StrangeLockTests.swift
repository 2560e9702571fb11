import BackupDomain
import BackupEngine
import Foundation
import TestSupport
import Testing

@Suite("A lock that nobody gives back", .timeLimit(.minutes(1)))
struct StrangeLockTests {
    @Test(arguments: [
        ("apim-backups-catalog", "lock break contoso-apim --storage-account contosobackups"),
        ("records", "lock break contoso-apim --storage-account contosobackups --catalog-container records"),
    ])
    func `is waited for two minutes, told once, and named with what ends it`(
        _ container: String,
        _ command: String
    ) async throws {
        let clock = ManualClock(sleeping: .advances)
        let blobs = MemoryBlobStorage(clock: clock)
        let instance = try RunFixture.instance()
        let id = instance.id
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
        let plane = OneInstancePlane(instance, clock: clock) { kind, _ in
            Issue.record("a \(kind) was posted without the lock")
            return ManagementAnswer(status: 500)
        }
        let runner = try BackupRunner.sample(plane, blobs: blobs, clock: clock) { notice in
            if case .locked = notice { told.increase() }
        }
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
}
