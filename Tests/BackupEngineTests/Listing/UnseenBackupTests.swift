import BackupDomain
import BackupEngine
import Foundation
import TestSupport
import Testing

@Suite("A backup that nobody has seen")
struct UnseenBackupTests {
    static let night = Date(timeIntervalSince1970: 1_795_482_000)

    @Test func `is missing where its blob is not there, and restorable where it is`() throws {
        let run = SummarizedRun(RunRecord.sample(at: Self.night, outcome: .unverified))
        let unseen = try #require(ListedBackup.merge(runs: [run], blobs: [], instance: nil).first)
        #expect(unseen.state == .missing)
        #expect(unseen.restorableUntil == nil)
        let blob = BlobProperties(
            name: try #require(run.backupName),
            bytes: 1000,
            etag: ETag("\"1\""),
            createdAt: Self.night + 600,
            modifiedAt: Self.night + 600,
            contentMD5: nil
        )
        let seen = try #require(ListedBackup.merge(runs: [run], blobs: [blob], instance: nil).first)
        #expect(seen.state == .ended(.unverified))
        #expect(seen.restorableUntil == Self.night + 600 + 30 * 86_400)
    }

    @Test(
        arguments: [
            (614_400, true, "verified"), (6, false, "shrunken"), (700_000, false, "changed"),
            (614_400, false, "changed"),
            (0, false, "shrunken"),
        ]
    )
    func `is not what lies under its name, where that is another blob`(
        _ bytes: Int,
        _ isSame: Bool,
        _ word: String
    ) throws {
        let run = SummarizedRun(RunRecord.sample(at: Self.night))
        let blob = BlobProperties(
            name: try #require(run.backupName),
            bytes: bytes,
            etag: isSame ? try #require(run.etag) : ETag("\"1\""),
            createdAt: Self.night + 600,
            modifiedAt: Self.night + 600,
            contentMD5: nil
        )
        let line = try #require(ListedBackup.merge(runs: [run], blobs: [blob], instance: nil).first)
        #expect(line.state.word == word)
        #expect(line.bytes == bytes)
        #expect(line.recordedBytes == 614_400)
        #expect((line.restorableUntil != nil) == isSame)
    }

    @Test func `of a run that failed is not the blob that a run of the same second left under that name`() throws {
        let good = SummarizedRun(RunRecord.sample(at: Self.night))
        var failed = RunRecord.sample(at: Self.night, outcome: .failed)
        failed.run = RunID(of: "contoso-apim", askedOf: "another", at: Self.night + 0.5)
        let blob = BlobProperties(
            name: try #require(good.backupName),
            bytes: 614_400,
            etag: ETag("\"1\""),
            createdAt: Self.night + 600,
            modifiedAt: Self.night + 600,
            contentMD5: nil
        )
        let lines = ListedBackup.merge(runs: [SummarizedRun(failed), good], blobs: [blob], instance: nil)
        #expect(lines.filter { $0.bytes != nil }.map(\.run) == [good.run])
    }

    @Test func `is listed by its record although the container of backups is missing`() async throws {
        let clock = ManualClock(now: Self.night + 3600)
        let blobs = MemoryBlobStorage(clock: clock)
        try await blobs.createContainer("catalog")
        let catalog = BlobCatalog(storage: blobs, container: "catalog")
        _ = try await catalog.create(RunRecord.sample(at: Self.night))
        let listing = BackupListing(blobs: blobs, catalog: catalog, container: "backups")
        let found = try await listing.newest(of: nil, limit: 10, at: clock.now)
        #expect(found.backups.map(\.state) == [.missing])
        #expect(found.isWhole)
    }

    @Test func `takes its time from Azure's clocks, however late it was written up`() {
        var record = RunRecord.sample(at: Self.night)
        record.attempts[0].answeredAt = Self.night
        record.history[record.history.count - 1].at = Self.night + 6 * 3600
        #expect(record.timeTaken == .seconds(600))
        record.backup = nil
        #expect(record.timeTaken == .seconds(6 * 3600 - 1))
        record.state = .accepted
        #expect(record.timeTaken == nil)
    }
}
