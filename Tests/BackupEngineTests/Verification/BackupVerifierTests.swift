import BackupDomain
import BackupEngine
import Foundation
import TestSupport
import Testing

@Suite("Verify", .timeLimit(.minutes(1)))
struct BackupVerifierTests {
    @Test func `writes each level with its date, and reads it back`() async throws {
        let nights = try await NightsFixture()
        let name = try await nights.night()
        let first = try await nights.verify()
        #expect(first.findings.isEmpty)
        #expect(first.unwritten == nil)
        nights.clock.advance(by: .seconds(3600))
        let known = try await nights.source.points(of: nights.key, in: try await nights.source.look())
        #expect(known.points.first?.level?.level == .unchanged)
        #expect(known.points.first?.level?.at == first.at)
        _ = try await nights.verify()
        let path = "v1/verifications/\(nights.key)/\(CatalogPath.digest(name, in: NightsFixture.container)).json"
        let document = try #require(try await nights.source.documents.read(BackupVerification.self, at: path)?.document)
        #expect(document.name == name)
        #expect(document.run == known.points.first?.run)
        #expect(document.levels.mapValues(\.at) == ["listed": nights.clock.now, "unchanged": nights.clock.now])
    }

    @Test func `misses a backup that only checks have seen, once it is gone`() async throws {
        let nights = try await NightsFixture()
        let name = try await nights.night(.unknown)
        for _ in 0..<3 {
            nights.clock.advance(by: .seconds(2 * 86_400))
            _ = try await nights.verify()
        }
        let run = try #require(
            try await nights.source.points(of: nights.key, in: nights.source.look()).points.first?.run
        )
        func standing() async throws -> SummarizedRun.Standing? {
            let summary = try await nights.catalog.summary(of: nights.key, at: nights.clock.now)
            return summary?.runs.first { $0.run == run }?.standing
        }
        #expect(try await standing() == .present)
        _ = try await nights.blobs.delete(name, in: NightsFixture.container, condition: .always)
        #expect(try await nights.verify().findings.map(\.finding.kind) == [.vanished])
        #expect(try await standing() == .vanished)
    }

    @Test func `a backup in the tier Archive is a finding and counts for nothing, until it is brought back`()
        async throws
    {
        let nights = try await NightsFixture()
        let name = try await nights.night()
        func standing() async throws -> SummarizedRun.Standing? {
            try await nights.catalog.summary(of: nights.key, at: nights.clock.now)?.runs.first?.standing
        }
        let tiers: [(String, VerificationFinding.Kind?)] = [("Archive", .archived), ("Cool", nil)]
        for (tier, finding) in tiers {
            let expected: SummarizedRun.Standing = finding == nil ? .present : .changed
            nights.blobs.move(name, in: NightsFixture.container, to: tier)
            // Twice, since what was written down is read again.
            for _ in 0..<2 {
                let report = try await nights.verify()
                #expect(report.findings.map(\.finding.kind) == [finding].compactMap(\.self))
                #expect(report.good.map(\.name) == (finding == nil ? [name] : []))
                #expect(try await standing() == expected)
                nights.clock.advance(by: .seconds(60))
            }
        }
    }

    @Test func `a late blob of an earlier POST does not stand for the backup that the run recorded`() async throws {
        let nights = try await NightsFixture()
        var first = RunAttempt(
            number: 1,
            backupName: "contoso-apim-first.apimbackup",
            intendedAt: nights.clock.now,
            absentAt: nights.clock.now
        )
        first.submission = .unanswered
        try await nights.write(first.backupName, bytes: 1000)
        nights.clock.advance(by: .seconds(3600))
        let name = try await nights.night()
        let run = try #require(try await nights.catalog.newestRuns(of: nights.key, limit: 1).first)
        var (record, version) = try #require(try await nights.catalog.record(run, of: nights.key))
        record.attempts.insert(first, at: 0)
        _ = try await nights.catalog.replace(record, version: version)
        for _ in 0..<3 {
            _ = try await nights.verify()
            nights.clock.advance(by: .seconds(2 * 86_400))
        }
        #expect(try await nights.verify().good.count == 2)
        _ = try await nights.blobs.delete(name, in: NightsFixture.container, condition: .always)
        #expect(try await nights.verify().findings.map(\.point.name) == [name])
        let summary = try await nights.catalog.summary(of: nights.key, at: nights.clock.now)
        #expect(summary?.runs.map(\.standing) == [.vanished])
    }

    @Test func `finds what vanished, shrank and changed, and says what is left`() async throws {
        let nights = try await NightsFixture()
        var names: [String] = []
        for _ in 0..<4 { names.append(try await nights.night()) }
        _ = try await nights.verify()
        _ = try await nights.blobs.delete(names[0], in: NightsFixture.container, condition: .always)
        try await nights.write(names[1], bytes: 10)
        try await nights.write(names[2], bytes: 1000)
        let report = try await nights.verify()
        let found = Dictionary(uniqueKeysWithValues: report.findings.map { ($0.point.name, $0.finding) })
        #expect(found[names[0]]?.kind == .vanished)
        #expect(found[names[0]]?.now == nil)
        #expect(found[names[1]]?.kind == .shrunken)
        #expect((found[names[1]]?.was?.bytes, found[names[1]]?.now?.bytes) == (1000, 10))
        #expect(found[names[2]]?.kind == .changed)
        #expect(report.good.map(\.name) == [names[3]])
        let noticed = report.at
        nights.clock.advance(by: .seconds(86_400))
        #expect(try await nights.verify().findings.allSatisfy { $0.finding.noticedAt == noticed })
        // A month later Azure would not restore the vanished one anyway.
        nights.clock.advance(by: .seconds(30 * 86_400))
        #expect(
            try await nights.verify().findings.map(\.finding.kind).sorted { $0.rawValue < $1.rawValue } == [
                .changed, .shrunken,
            ]
        )
    }

    @Test func `two checks at once both count`() async throws {
        let nights = try await NightsFixture()
        try await nights.night()
        try await nights.write("contoso-apim-2026 logic app", bytes: 10)
        async let first = nights.verify()
        async let second = nights.verify()
        _ = try await (first, second)
        let known = try await nights.source.points(of: nights.key, in: try await nights.source.look())
        #expect(known.points.first { $0.isAdopted }?.verification?.sighting?.count == 2)
    }

    @Test func `tells the same without a right to write, and that nothing was kept`() async throws {
        let nights = try await NightsFixture()
        try await nights.night()
        let blobs = ReadOnlyBlobs(base: nights.blobs)
        let source = RecoveryPointSource(
            blobs: blobs,
            catalog: nights.catalog,
            documents: CatalogDocuments(storage: blobs, container: NightsFixture.catalogContainer),
            container: NightsFixture.container,
            clock: nights.clock
        )
        let report = try await BackupVerifier(source: source).verify(nights.key, in: try await source.look())
        #expect(report.good.count == 1)
        #expect(report.unwritten?.code == .permissionDenied)
    }

    @Test func `reads records as far back as blobs lie there, whatever their number`() async throws {
        let nights = try await NightsFixture()
        for _ in 0..<90 { try await nights.night() }
        let known = try await nights.source.points(of: nights.key, in: try await nights.source.look())
        #expect(known.points.count == 90)
        #expect(known.points.allSatisfy { $0.condition == .proven })
    }

    @Test func `a blob written over an old backup is no backup of somebody else's`() async throws {
        let nights = try await NightsFixture()
        let name = try await nights.night()
        for _ in 0..<60 { nights.clock.advance(by: .seconds(86_400)) }
        for _ in 0..<2 { try await nights.night() }
        _ = try await nights.blobs.delete(name, in: NightsFixture.container, condition: .always)
        try await nights.write(name, bytes: 1000)
        for _ in 0..<3 {
            _ = try await nights.verify()
            nights.clock.advance(by: .seconds(86_400))
        }
        let report = try await nights.verify()
        #expect(!report.good.contains { $0.name == name })
        #expect(report.findings.contains { $0.point.name == name && $0.finding.kind == .changed })
    }

    @Test func `refuses documents of a newer format`() async throws {
        let nights = try await NightsFixture()
        let name = try await nights.night()
        let path = "v1/pins/\(nights.key)/\(CatalogPath.digest(name, in: NightsFixture.container)).json"
        _ = try await nights.blobs.write(
            Data(#"{"version": 2}"#.utf8),
            to: path,
            in: NightsFixture.catalogContainer,
            condition: .always,
            contentType: "application/json"
        )
        await #expect(throws: BackupError(.recordTooNew, "")) { try await nights.verify() }
        await #expect(throws: BackupError(.recordTooNew, "")) { try await nights.prune { $0.keepLast = 1 } }
    }
}

/// Blob storage whose caller may read only.
private struct ReadOnlyBlobs: BlobStorage {
    let base: MemoryBlobStorage
    private var denial: BackupError { BackupError(.permissionDenied, "The identity in use lacks a right.") }

    func containerExists(_ container: String) async throws -> Bool { try await self.base.containerExists(container) }
    func createContainer(_ container: String) async throws { throw self.denial }
    func properties(of name: String, in container: String) async throws -> BlobObservation {
        try await self.base.properties(of: name, in: container)
    }
    func read(_ name: String, in container: String, cap: Int) async throws -> (content: Data, etag: ETag)? {
        try await self.base.read(name, in: container, cap: cap)
    }
    func write(
        _ content: Data,
        to name: String,
        in container: String,
        condition: WriteCondition,
        contentType: String
    ) async throws -> ETag { throw self.denial }
    func delete(_ name: String, in container: String, condition: WriteCondition) async throws -> BlobDeletion {
        throw self.denial
    }
    func deletedBlobRetention() async throws -> DeletedBlobRetention { .unknown }
    func list(_ container: String, prefix: String, delimiter: String?, marker: String?) async throws -> BlobPage {
        try await self.base.list(container, prefix: prefix, delimiter: delimiter, marker: marker)
    }
    func acquireLease(of name: String, in container: String, seconds: Int) async throws -> LeaseID { throw self.denial }
    func renewLease(_ lease: LeaseID, of name: String, in container: String) async throws { throw self.denial }
    func releaseLease(_ lease: LeaseID, of name: String, in container: String) async throws { throw self.denial }
    func breakLease(of name: String, in container: String) async throws { throw self.denial }
}
