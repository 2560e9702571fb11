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
            container: NightsFixture.container,
            clock: fixture.clock
        ).lines(of: instance, standard: ProtectionStatus.Expectation(), at: fixture.clock.now - 3600)
    }

    enum Loss: CaseIterable { case deleted, emptied, overwritten, rewritten }

    @Test(arguments: Loss.allCases, [1, 3])
    func `a newest backup that is lost does not count, although nobody has verified`(
        _ loss: Loss,
        _ nights: Int
    ) async throws {
        let fixture = try await NightsFixture()
        var names: [String] = []
        for _ in 0..<nights { names.append(try await fixture.night(bytes: 200_000)) }
        let newest = try #require(names.last)
        switch loss {
        case .deleted: _ = try await fixture.blobs.delete(newest, in: NightsFixture.container, condition: .always)
        case .emptied: try await fixture.write(newest, bytes: 0)
        case .overwritten: try await fixture.write(newest, bytes: 6)
        case .rewritten: try await fixture.write(newest, bytes: 200_000)
        }
        let line = try #require(try await Self.lines(fixture).first)
        #expect(line.status.verdict == (nights == 1 ? .unprotected : .atRisk))
        #expect(line.status.recoveryPoints == nights - 1)
        #expect(line.status.lastGood?.backupName == names.dropLast().last)
        #expect(line.look?.isIntact == false)
        let reason = try #require(line.status.reasons.first)
        let wrong =
            switch loss {
            case .deleted: "has vanished since its run"
            case .emptied: "was written over since its run: it has 0 bytes, and had 200000"
            case .overwritten: "was written over since its run: it has 6 bytes, and had 200000"
            case .rewritten: "was written over since its run: it is another version"
            }
        #expect(reason.hasPrefix("The backup \(newest) \(wrong); 'apim-backup verify contoso-apim' says"), "\(reason)")
    }

    @Test func `a newest backup in the tier Archive does not count, and the way out is named`() async throws {
        let fixture = try await NightsFixture()
        let name = try await fixture.night()
        fixture.blobs.move(name, in: NightsFixture.container, to: "Archive")
        let line = try #require(try await Self.lines(fixture).first)
        #expect(line.status.verdict == .unprotected)
        #expect(line.look?.findings[name]?.kind == .archived)
        let reason = try #require(line.status.reasons.first)
        #expect(reason.hasPrefix("The backup \(name) lies in the tier Archive"), "\(reason)")
        #expect(reason.contains("bring it back to Hot or Cool"), "\(reason)")
        #expect(try await BackupListingTests.lines(fixture) == ["\(name) archived contoso-apim"])
        fixture.blobs.move(name, in: NightsFixture.container, to: "Hot")
        #expect(try await Self.lines(fixture).map(\.status.verdict) == [.protected])
    }

    @Test func `where the whole container was emptied, nothing is left`() async throws {
        let fixture = try await NightsFixture()
        for _ in 0..<3 {
            let name = try await fixture.night()
            _ = try await fixture.blobs.delete(name, in: NightsFixture.container, condition: .always)
        }
        let status = try #require(try await Self.lines(fixture).first).status
        #expect(status.verdict == .unprotected)
        #expect(status.recoveryPoints == 0)
        #expect(status.reasons.first?.contains("(2 older ones are lost too)") == true, "\(status.reasons)")
        #expect(status.reasons.first?.hasSuffix("No verified backup of ours is left.") == true, "\(status.reasons)")
    }

    @Test func `who may not look at backups has the verdict of the records, and is told so`() async throws {
        let fixture = try await NightsFixture()
        let name = try await fixture.night()
        _ = try await fixture.blobs.delete(name, in: NightsFixture.container, condition: .always)
        let reader = StatusReader(
            blobs: ClosedBlobStorage(fixture.blobs, hiding: NightsFixture.container),
            catalogContainer: NightsFixture.catalogContainer,
            container: NightsFixture.container,
            clock: fixture.clock
        )
        let lines = try await reader.lines(
            of: nil,
            standard: ProtectionStatus.Expectation(),
            at: fixture.clock.now - 3600
        )
        #expect(lines.map(\.status.verdict) == [.protected])
        #expect(lines.first?.look?.isIntact == nil)
        #expect(lines.first?.look?.refusal?.code == .permissionDenied)
    }

    @Test(arguments: [(-31 * 86_400.0, true), (-302, true), (302, true), (-290, false), (290, false)])
    func `by a clock that is off nothing is judged: it would call protected what Azure no longer restores`(
        _ seconds: Double,
        _ isOff: Bool
    ) async throws {
        let fixture = try await NightsFixture()
        try await fixture.night()
        if isOff { fixture.clock.advance(by: .seconds(31 * 86_400)) }
        let clock = ManualClock(now: fixture.clock.now + seconds)
        let reader = StatusReader(
            blobs: fixture.blobs,
            catalogContainer: NightsFixture.catalogContainer,
            container: NightsFixture.container,
            clock: clock
        )
        func lines() async throws -> [StatusReader.Line] {
            try await reader.lines(of: nil, standard: ProtectionStatus.Expectation(), at: clock.now)
        }
        if isOff {
            await #expect(throws: BackupError(.clockOff, "")) { try await lines() }
        } else {
            #expect(try await lines().count == 1)
        }
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
