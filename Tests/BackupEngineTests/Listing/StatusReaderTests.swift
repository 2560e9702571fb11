import BackupDomain
import BackupEngine
import Foundation
import TestSupport
import Testing

@Suite("What status reads")
struct StatusReaderTests {
    static func lines(
        _ fixture: NightsFixture,
        of instance: String? = nil
    ) async throws -> [StatusReader.Line] {
        try await StatusReader(
            blobs: fixture.blobs,
            catalogContainer: NightsFixture.catalogContainer,
            container: NightsFixture.container
        ).lines(of: instance, standard: ProtectionStatus.Expectation(), at: fixture.clock.now - 3600)
    }

    @Test func `a night of a kilobyte after seventy good ones is at risk, until somebody acknowledges`() async throws {
        let fixture = try await NightsFixture()
        for _ in 0..<12 { try await fixture.night(bytes: 200_000) }
        #expect(try await Self.lines(fixture).map(\.status.verdict) == [.protected])
        let small = try await fixture.night(bytes: 1000)
        let line = try #require(try await Self.lines(fixture).first)
        #expect(line.status.verdict == .atRisk)
        #expect(line.status.reasons.first?.contains(small) == true, "\(line.status.reasons)")
        let held = try await fixture.prune { $0.keepLast = 1 }
        #expect(held.plan.alarm?.name == small)

        let known = try await fixture.source.points(of: fixture.key, in: try await fixture.source.look())
        let newest = try #require(ShrinkGuard.newest(known.points))
        let entry = ShrinkAcknowledgements.Entry(
            name: newest.point.name,
            bytes: newest.bytes,
            createdAt: newest.point.createdAt,
            at: fixture.clock.now,
            by: RecordedPrincipal(credential: "test"),
            reason: "emptied on purpose"
        )
        try await fixture.source.documents.change(
            at: CatalogPath.acknowledgements(of: fixture.key),
            from: ShrinkAcknowledgements()
        ) { $0.entries.append(entry) }
        #expect(try await Self.lines(fixture).map(\.status.verdict) == [.protected])
    }

    @Test func `counts adopted backups as verify does, also where there is no record at all`() async throws {
        let fixture = try await NightsFixture()
        let source = RecoveryPointSource(
            blobs: fixture.blobs,
            catalog: fixture.catalog,
            documents: fixture.source.documents,
            container: NightsFixture.container,
            candidates: BackupListingTests.azure("contoso-standby"),
            clock: fixture.clock
        )
        try await fixture.write("contoso-standby 2026-11-24 03:00:00", bytes: 10)
        fixture.clock.advance(by: .seconds(7200))
        #expect(try await Self.lines(fixture).isEmpty)
        let verifier = BackupVerifier(source: source)
        for good in [0, 1] {
            let seen = try await source.look()
            let key = try #require(seen.instances(named: "contoso-standby").first)
            #expect(seen.instances == [key])
            #expect(seen.unattributed.isEmpty)
            let report = try await verifier.verify(key, in: seen)
            #expect(report.good.count == good)
            #expect(try await Self.lines(fixture).map(\.status.recoveryPoints) == (good == 0 ? [] : [1]))
            fixture.clock.advance(by: .seconds(3600))
        }
        let line = try #require(try await Self.lines(fixture, of: "Contoso-Standby").first)
        #expect(line.name == "contoso-standby")
        #expect(line.status.verdict == .atRisk)
        #expect(line.status.reasons.last?.contains("made by others") == true)
        // Gone again: verify notices, and status does not count on it any more.
        _ = try await fixture.blobs.delete(
            "contoso-standby 2026-11-24 03:00:00",
            in: NightsFixture.container,
            condition: .always
        )
        _ = try await verifier.verify(try #require(line.key), in: try await source.look(for: "contoso-standby"))
        #expect(try await Self.lines(fixture).isEmpty)
    }

    @Test func `an instance that is paused and was never backed up is shown`() async throws {
        let fixture = try await NightsFixture()
        let id = ResourceID.sample(named: "Fabrikam-APIM")
        try await PauseBoard(documents: fixture.source.documents).pause(
            id,
            SchedulePause(
                pausedAt: fixture.clock.now - 7200,
                until: fixture.clock.now + 7200,
                reason: "migration",
                by: RecordedPrincipal(credential: "test")
            )
        )
        let lines = try await Self.lines(fixture)
        #expect(lines.map(\.name) == ["Fabrikam-APIM"])
        #expect(lines.first?.id == id)
        #expect(lines.first?.status.verdict == .unprotected)
        #expect(lines.first?.status.reasons.last?.contains("paused until") == true)
        #expect(try await Self.lines(fixture, of: "contoso-apim").isEmpty)
    }
}
