import BackupDomain
import BackupEngine
import Foundation
import Synchronization
import TestSupport
import Testing

@Suite("A restore whose process dies", .timeLimit(.minutes(1)))
struct RestoreCrashTests {
    /// Where a process dies: at its nth write of the record, before or after that took effect, or with the POST on its way.
    struct Death: CustomTestStringConvertible {
        var write: Int?
        var isWritten = false
        var testDescription: String {
            self.write.map { "\(self.isWritten ? "after" : "before") write \($0)" } ?? "after the POST"
        }

        static let all: [Self] =
            [Self()]
            + (1...4).flatMap { number -> [Self] in [Self(write: number), Self(write: number, isWritten: true)] }
    }

    @Test(arguments: Death.all)
    func `is taken up by the next one, and never posted twice`(_ death: Death) async throws {
        let clock = ManualClock(now: RunFixture.night, sleeping: .advances)
        let writes = Mutex(0)
        let catalog = ForwardingCatalog(MemoryCatalog()) { _, write in
            let number = writes.withLock { writes in
                writes += 1
                return writes
            }
            guard number == death.write else { return try await write() }
            if death.isWritten { _ = try await write() }
            throw CancellationError()
        }
        let posts = Mutex<[Date]>([])
        // It is at work for ten minutes. Whoever goes on with an open restore finds the instance as it is; nobody begins another
        // while it is at work.
        let isAtWork: @Sendable () -> Bool = { posts.withLock { $0.last.map { $0 + 600 > clock.now } ?? false } }
        let plane = OneInstancePlane(try RunFixture.instance(), clock: clock) { kind, request in
            #expect(kind == .restore && request.backupName == RunRestoringTests.name)
            posts.withLock { $0.append(clock.now) }
            if death.write == nil { throw CancellationError() }
            return ManagementAnswer(status: 202, retryAfter: .seconds(60), location: RunFixture.location)
        } poll: {
            isAtWork()
                ? ManagementAnswer(status: 202, retryAfter: .seconds(60))
                : ManagementAnswer(status: 200, document: .object(["id": .string(RunFixture.instanceID)]))
        } isAtWork: {
            isAtWork()
        }
        // Without a right on the catalog container the fallback is all there is.
        let blobs = MemoryBlobStorage(clock: clock, forbidden: ["apim-backups-catalog"])
        try await blobs.createContainer("apim-backups")
        _ = try await blobs.write(
            Data("backup".utf8),
            to: RunRestoringTests.name,
            in: "apim-backups",
            condition: .always,
            contentType: "application/octet-stream"
        )
        let runner = try BackupRunner.sample(plane, blobs: blobs, clock: clock, fallback: catalog)
        let order = try Self.order(blobs, at: clock.now)
        await #expect(throws: CancellationError.self) { try await runner.run(order) }
        let report = try await runner.run(order)
        #expect(report.record.state == .ended)
        #expect(report.record.kind == .restore)
        // Without a POST there is no restore that one could speak of; with one it was made.
        let count = posts.withLock(\.count)
        let isPosted = count == 1
        let mayTell = death.write != nil && death.write != 3 && isPosted || death.write == 3 && death.isWritten
        #expect(report.outcome == (mayTell ? .verified : .unknown), "\(count)")
        #expect(count <= 1)
    }

    private static func order(_ blobs: any BlobStorage, at now: Date) throws -> BackupOrder {
        let id = try #require(ResourceID(RunFixture.instanceID))
        var order = BackupOrder(instance: id, nominalAt: now)
        order.kind = .restore
        order.restore = RestoreSource(
            recorded: RecordedRestore(
                backup: RecordedBackup(
                    account: "contosobackups",
                    container: "apim-backups",
                    name: RunRestoringTests.name,
                    properties: nil,
                    restorableFrom: now
                ),
                run: nil,
                source: nil,
                confirmation: RecordedRestore.Confirmation(
                    name: "contoso-apim",
                    at: now,
                    by: RecordedPrincipal(credential: "azure-cli")
                )
            ),
            blobs: blobs,
            documents: CatalogDocuments(storage: blobs, container: "apim-backups-catalog")
        )
        return order
    }
}
