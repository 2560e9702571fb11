import BackupDomain
import BackupEngine
import Foundation
import Synchronization
import TestSupport
import Testing

@Suite("The intent of a POST", .timeLimit(.minutes(1)))
struct IntentTests {
    @Test(arguments: 1...3)
    func `is written down before each POST, or there is none`(_ failing: Int) async throws {
        let clock = ManualClock(now: RunFixture.night, sleeping: .advances)
        let plane = DeafPlane(instance: try RunFixture.instance(), clock: clock)
        // Without a right on the catalog container the fallback is all there is, and no lock.
        let blobs = MemoryBlobStorage(clock: clock, forbidden: ["apim-backups-catalog"])
        try await blobs.createContainer("apim-backups")
        let intents = Mutex<[String]>([])
        // It cannot be written to when the intent of a certain POST is due.
        let catalog = ForwardingCatalog(MemoryCatalog()) { record, write in
            if record.state == .posting, let attempt = record.attempts.last {
                guard record.attempts.count != failing else {
                    throw BackupError(.unreachable, "The account is away.")
                }
                intents.withLock { $0.append(attempt.backupName) }
            }
            return try await write()
        }
        let runner = BackupRunner(
            plane: plane,
            storage: RunStorage(
                account: StorageAccount(
                    name: "contosobackups",
                    blobEndpoint: try #require(URL(string: "https://contosobackups.blob.core.windows.net"))
                ),
                blobs: blobs
            ),
            clock: clock,
            stop: StopSignal(),
            fallback: catalog,
            program: "test",
            notify: { _ in }
        )
        let order = BackupOrder(instance: try #require(ResourceID(RunFixture.instanceID)), nominalAt: RunFixture.night)
        await #expect(throws: BackupError(.unreachable, "")) { try await runner.run(order) }
        #expect(plane.posts.count == failing - 1)
        #expect(intents.withLock(\.self) == plane.posts)
    }
}

/// Resource Manager whose instance is idle, and which never answers a POST.
private final class DeafPlane: ManagementPlane {
    private let found: Instance
    private let clock: ManualClock
    private let posted = Mutex<[String]>([])

    init(instance: Instance, clock: ManualClock) {
        self.found = instance
        self.clock = clock
    }

    /// The names that were posted.
    var posts: [String] { self.posted.withLock(\.self) }

    func subscriptions() async throws -> [String] { [] }

    func resources(ofType type: String, named name: String?, in subscription: String) async throws -> [ResourceID] {
        []
    }

    func instance(_ id: ResourceID) async throws -> (instance: Instance, answer: ManagementAnswer) {
        (self.found, ManagementAnswer(status: 200, date: self.clock.now))
    }

    func storageAccount(_ id: ResourceID) async throws -> StorageAccount {
        throw BackupError(.storageAccountNotFound, "not asked for")
    }

    func startBackup(of id: ResourceID, _ request: BackupRequest) async throws -> ManagementAnswer {
        self.posted.withLock { $0.append(request.backupName) }
        throw BackupError(.ambiguousSubmission, "No answer came.")
    }

    func startRestore(of id: ResourceID, _ request: BackupRequest) async throws -> ManagementAnswer {
        ManagementAnswer(status: 403)
    }

    func operation(at location: String) async throws -> ManagementAnswer {
        throw BackupError(.notFound, "There is no operation.")
    }
}
