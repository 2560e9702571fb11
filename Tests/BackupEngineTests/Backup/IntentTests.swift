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
        let posts = Mutex<[String]>([])
        // It never answers.
        let plane = OneInstancePlane(try RunFixture.instance(), clock: clock) { _, request in
            posts.withLock { $0.append(request.backupName) }
            throw BackupError(.ambiguousSubmission, "No answer came.")
        }
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
        let runner = try BackupRunner.sample(plane, blobs: blobs, clock: clock, fallback: catalog)
        let order = BackupOrder(instance: try #require(ResourceID(RunFixture.instanceID)), nominalAt: RunFixture.night)
        await #expect(throws: BackupError(.unreachable, "")) { try await runner.run(order) }
        #expect(posts.withLock(\.count) == failing - 1)
        #expect(intents.withLock(\.self) == posts.withLock(\.self))
    }
}
