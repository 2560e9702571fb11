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
        let plane = RestoringPlane(instance: try RunFixture.instance(), clock: clock, diesAtPost: death.write == nil)
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
        let order = try Self.order(blobs, at: clock.now)
        await #expect(throws: CancellationError.self) { try await runner.run(order) }
        let report = try await runner.run(order)
        #expect(report.record.state == .ended)
        #expect(report.record.kind == .restore)
        // Without a POST there is no restore that one could speak of; with one it was made.
        let isPosted = plane.posts == 1
        let mayTell = death.write != nil && death.write != 3 && isPosted || death.write == 3 && death.isWritten
        #expect(report.outcome == (mayTell ? .verified : .unknown), "\(plane.posts)")
        #expect(plane.posts <= 1)
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
            blobs: blobs
        )
        return order
    }
}

/// Resource Manager that takes a restore, is at work for ten minutes, and says that it is done.
private final class RestoringPlane: ManagementPlane {
    private struct State {
        var posts = 0
        var endsAt: Date?
    }

    private let found: Instance
    private let clock: ManualClock
    private let diesAtPost: Bool
    private let state = Mutex(State())

    init(instance: Instance, clock: ManualClock, diesAtPost: Bool) {
        self.found = instance
        self.clock = clock
        self.diesAtPost = diesAtPost
    }

    var posts: Int { self.state.withLock(\.posts) }

    private var isAtWork: Bool { self.state.withLock { $0.endsAt.map { $0 > self.clock.now } ?? false } }

    func subscriptions() async throws -> [String] { [] }

    func resources(ofType type: String, named name: String?, in subscription: String) async throws -> [ResourceID] {
        []
    }

    func instance(_ id: ResourceID) async throws -> (instance: Instance, answer: ManagementAnswer) {
        var instance = self.found
        // Whoever goes on with an open restore finds the instance as it is; nobody begins another while it is at work.
        if self.isAtWork { instance.provisioningState = "Updating" }
        return (instance, ManagementAnswer(status: 200, date: self.clock.now))
    }

    func storageAccount(_ id: ResourceID) async throws -> StorageAccount {
        throw BackupError(.storageAccountNotFound, "not asked for")
    }

    func startBackup(of id: ResourceID, _ request: BackupRequest) async throws -> ManagementAnswer {
        Issue.record("a restore posts no backup")
        return ManagementAnswer(status: 500)
    }

    func startRestore(of id: ResourceID, _ request: BackupRequest) async throws -> ManagementAnswer {
        #expect(request.backupName == RunRestoringTests.name)
        self.state.withLock { state in
            state.posts += 1
            state.endsAt = self.clock.now + 600
        }
        if self.diesAtPost { throw CancellationError() }
        return ManagementAnswer(status: 202, retryAfter: .seconds(60), location: RunFixture.location)
    }

    func operation(at location: String) async throws -> ManagementAnswer {
        self.isAtWork
            ? ManagementAnswer(status: 202, retryAfter: .seconds(60))
            : ManagementAnswer(status: 200, document: .object(["id": .string(RunFixture.instanceID)]))
    }
}
