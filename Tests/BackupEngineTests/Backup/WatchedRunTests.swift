import BackupDomain
import BackupEngine
import Foundation
import Synchronization
import TestSupport
import Testing

@Suite("Somebody else's run that ends while it is watched", .timeLimit(.minutes(1)))
struct WatchedRunTests {
    /// How it ends.
    enum Ending: CaseIterable {
        case verifiedBefore, verifiedAfter, failed, refused, givenUp

        /// Whether it is what was asked for.
        var isAnswer: Bool { ![.verifiedBefore, .givenUp].contains(self) }
    }

    /// When the backup was asked for that watches: ten minutes after the other's night.
    static let asked = RunFixture.night + 600

    let clock = ManualClock(now: Self.asked)
    let blobs: MemoryBlobStorage
    let catalog: BlobCatalog

    init() async throws {
        self.blobs = MemoryBlobStorage(clock: self.clock)
        for name in ["apim-backups", "apim-backups-catalog"] { try await self.blobs.createContainer(name) }
        self.catalog = BlobCatalog(storage: self.blobs, container: "apim-backups-catalog")
    }

    /// The other's run while it goes on, and as it ends.
    static func run(_ ending: Ending) throws -> (open: RunRecord, ended: RunRecord) {
        var run = try RunFixture()
        switch ending {
        case .verifiedBefore, .verifiedAfter, .failed:
            run.accept()
            let open = run.run.record
            guard ending != .failed else {
                run.feed(.polled(ManagementAnswer(status: 400, code: "BackupFailed")))
                run.seeIdle(for: 600)
                return (open, run.run.record)
            }
            let written = Self.asked + (ending == .verifiedBefore ? -1 : 1)
            run.feed(.polled(RunFixture.done))
            run.feed(.proofSeen(.success(RunFixture.blob(run.name, createdAt: written))))
            return (open, run.run.record)
        case .refused:
            let open = run.run.record
            run.feed(.nameChecked(.success(.absent(date: RunFixture.night))))
            run.feed(.postFailed(BackupError(.permissionDenied, "No.")))
            return (open, run.run.record)
        case .givenUp:
            let open = run.run.record
            run.feed(.stoppedBeforePost)
            return (open, run.run.record)
        }
    }

    /// Whether the lock is free by the time of the look at the end decides who looks: its holder, or who takes it.
    @Test(arguments: Ending.allCases, [false, true])
    func `is told where it is what was asked for, and otherwise a run of its own begins`(
        _ ending: Ending,
        _ isFree: Bool
    ) async throws {
        let (open, ended) = try Self.run(ending)
        try #require(ended.state == .ended)
        let version = try await self.catalog.create(open)
        try await self.catalog.summarize(open, at: self.clock.now)
        let lock = InstanceLock(
            of: open.instanceKey,
            blobs: self.blobs,
            container: "apim-backups-catalog",
            clock: self.clock
        )
        #expect(try await lock.acquire() != nil)
        let posts = Mutex(0)
        let plane = OneInstancePlane(try RunFixture.instance(), clock: self.clock) { kind, _ in
            posts.withLock { $0 += 1 }
            throw BackupError(.permissionDenied, "No \(kind).")
        }
        let runner = try BackupRunner.sample(plane, blobs: self.blobs, clock: self.clock)
        let order = BackupOrder(instance: open.instance.id, nominalAt: Self.asked)
        async let watching = runner.run(order)
        await self.clock.sleepers(1)
        _ = try await self.catalog.replace(ended, version: version)
        if isFree { try await lock.breakOpen() }
        self.clock.advance(by: .seconds(2))
        if !isFree, !ending.isAnswer {
            await self.clock.sleepers(1)
            try await lock.breakOpen()
            self.clock.advance(by: .seconds(2))
        }
        let report = try await watching
        #expect((report.record.run == open.run) == ending.isAnswer)
        #expect(report.isReattached == ending.isAnswer)
        #expect(posts.withLock(\.self) == (ending.isAnswer ? 0 : 1))
    }
}
