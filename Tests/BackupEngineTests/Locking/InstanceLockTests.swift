import BackupDomain
import BackupEngine
import Foundation
import TestSupport
import Testing

@Suite("The lock of an instance", .timeLimit(.minutes(1)))
struct InstanceLockTests {
    let clock = ManualClock()
    let blobs: MemoryBlobStorage
    let lock: InstanceLock
    let name: String

    init() async throws {
        let id = try #require(ResourceID(RunFixture.instanceID))
        self.blobs = MemoryBlobStorage(clock: self.clock)
        self.lock = InstanceLock(of: InstanceKey(id), blobs: self.blobs, container: "catalog", clock: self.clock)
        self.name = "v1/leases/\(InstanceKey(id))"
        try await self.blobs.createContainer("catalog")
    }

    @Test func `is held by one, and free again a minute after its holder died`() async throws {
        #expect(try await self.lock.isHeld() == false)
        #expect(try await self.lock.acquire() != nil)
        #expect(try await self.lock.acquire() == nil)
        #expect(try await self.lock.isHeld())
        self.clock.advance(by: .seconds(59))
        #expect(try await self.lock.acquire() == nil)
        self.clock.advance(by: .seconds(1))
        #expect(try await self.lock.acquire() != nil)
    }

    @Test func `lasts as long as the work under it, and is given back at its end`() async throws {
        let lease = try #require(try await self.lock.acquire())
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                try await self.lock.hold(lease) { try await self.clock.sleep(for: .seconds(600)) }
            }
            for _ in 0..<30 {
                // The work and the renewal are asleep; a renewal is due every twenty seconds.
                await self.clock.sleepers(2)
                #expect(try await self.lock.acquire() == nil)
                self.clock.advance(by: .seconds(20))
            }
            try await group.waitForAll()
        }
        #expect(try await self.lock.isHeld() == false)
    }

    @Test func `cancels the work when it is lost, and says so`() async throws {
        let lease = try #require(try await self.lock.acquire())
        await #expect(throws: InstanceLock.Lost.self) {
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask {
                    try await self.lock.hold(lease) { try await self.clock.sleep(for: .seconds(600)) }
                }
                await self.clock.sleepers(2)
                try await self.lock.breakOpen()
                let other = try await self.lock.acquire()
                #expect(other != nil)
                self.clock.advance(by: .seconds(20))
                try await group.waitForAll()
            }
        }
        // The loser must not give back what is somebody else's now.
        #expect(try await self.lock.isHeld())
    }

    @Test func `passes on what the work throws, and is given back then too`() async throws {
        let lease = try #require(try await self.lock.acquire())
        await #expect(throws: BackupError(.azureError, "")) {
            try await self.lock.hold(lease) { throw BackupError(.azureError, "no") }
        }
        #expect(try await self.lock.isHeld() == false)
    }
}
