import BackupDomain
import BackupEngine
import Foundation
import TestSupport
import Testing

@Suite("What a listing says of each backup")
struct BackupListingTests {
    /// Lists an instance's backups, or all, as `name state`.
    static func lines(
        _ fixture: NightsFixture,
        of instance: String? = nil,
        limit: Int = 50,
        candidates: InstanceCandidates = .none
    ) async throws -> [String] {
        let listing = BackupListing(
            blobs: fixture.blobs,
            records: RunRecords(fixture.catalog),
            container: NightsFixture.container,
            candidates: candidates
        )
        return try await listing.newest(of: instance, limit: limit, at: fixture.clock.now).backups.map { line in
            "\(line.backupName ?? "-") \(line.state.word) \(line.instance ?? "-")"
        }
    }

    static func azure(_ names: String...) -> InstanceCandidates {
        let ids = names.map { ResourceID.sample(named: $0) }
        return InstanceCandidates { ids }
    }

    @Test(arguments: [50, 100])
    func `what prune deleted is pruned, and what somebody else deleted is missing`(_ limit: Int) async throws {
        let fixture = try await NightsFixture()
        var names: [String] = []
        for _ in 0..<4 { names.append(try await fixture.night()) }
        let report = try await fixture.prune { $0.keepLast = 2 }
        #expect(report.results.map(\.state) == [.deleted, .deleted])
        _ = try await fixture.blobs.delete(names[2], in: NightsFixture.container, condition: .always)
        let words = try await Self.lines(fixture, limit: limit).map { $0.split(separator: " ")[1] }
        #expect(words == ["verified", "missing", "pruned", "pruned"])
        // A summary that is made anew knows nothing of it; the document of the deletion does.
        let path = CatalogPath.summary(of: fixture.key)
        _ = try? await fixture.blobs.delete(path, in: NightsFixture.catalogContainer, condition: .always)
        let again = try await Self.lines(fixture, limit: limit).map { $0.split(separator: " ")[1] }
        #expect(again == words)
    }

    @Test func `a pruned backup restores nothing`() async throws {
        let fixture = try await NightsFixture()
        for _ in 0..<2 { try await fixture.night() }
        _ = try await fixture.prune { $0.keepLast = 1 }
        let listing = BackupListing(
            blobs: fixture.blobs,
            catalog: fixture.catalog,
            container: NightsFixture.container
        )
        let found = try await listing.newest(of: nil, limit: 10, at: fixture.clock.now).backups
        #expect(found.map(\.state) == [.ended(.verified), .pruned])
        #expect(found.last?.restorableUntil == nil)
    }

    @Test func `blobs that others made belong to the instance that their names begin with`() async throws {
        let fixture = try await NightsFixture()
        let night = try await fixture.night()
        for name in ["contoso-apim 2026-11-22T03:00:00", "contoso-apim_2026-11-21.bak", "weekly backup 12:00"] {
            try await fixture.write(name, bytes: 10)
        }
        let all = Set(try await Self.lines(fixture))
        #expect(
            all == [
                "\(night) verified contoso-apim", "contoso-apim 2026-11-22T03:00:00 unrecorded contoso-apim",
                "contoso-apim_2026-11-21.bak unrecorded contoso-apim", "weekly backup 12:00 unrecorded -",
            ]
        )
        #expect(try await Self.lines(fixture, of: "Contoso-APIM").count == 3)
    }

    @Test func `an instance without a record is listed by its blobs, when named and when Azure knows it`() async throws
    {
        let fixture = try await NightsFixture()
        try await fixture.night()
        try await fixture.write("contoso-standby 2026-11-22 03:00:00", bytes: 10)
        try await fixture.write("contoso-apim-eu-20261122", bytes: 10)
        let named = try await Self.lines(fixture, of: "contoso-standby")
        #expect(named == ["contoso-standby 2026-11-22 03:00:00 unrecorded contoso-standby"])
        let unasked = Set(try await Self.lines(fixture))
        #expect(unasked.contains("contoso-apim-eu-20261122 unrecorded contoso-apim"))
        #expect(unasked.contains("contoso-standby 2026-11-22 03:00:00 unrecorded -"))
        let candidates = Self.azure("Contoso-Standby", "contoso-apim-eu")
        let all = Set(try await Self.lines(fixture, candidates: candidates))
        #expect(all.contains("contoso-apim-eu-20261122 unrecorded contoso-apim-eu"))
        #expect(all.contains("contoso-standby 2026-11-22 03:00:00 unrecorded contoso-standby"))
        let apim = try await Self.lines(fixture, of: "contoso-apim", candidates: candidates)
        #expect(apim.count == 1)
    }

    @Test func `Azure is not asked where every blob is accounted for, and may refuse`() async throws {
        let fixture = try await NightsFixture()
        try await fixture.night()
        try await fixture.write("contoso-apim-20261122T030000Z", bytes: 10)
        let asked = Counter()
        let refusing = InstanceCandidates {
            asked.increase()
            throw BackupError(.permissionDenied, "not for you")
        }
        _ = try await Self.lines(fixture, candidates: refusing)
        #expect(asked.count == 0)
        try await fixture.write("a stranger", bytes: 10)
        #expect(try await Self.lines(fixture, candidates: refusing).contains("a stranger unrecorded -"))
        #expect(asked.count == 1)
    }

    @Test func `backups older than the summary's runs are not called unrecorded`() async throws {
        let fixture = try await NightsFixture()
        for _ in 0..<InstanceSummary.mostRuns + 5 { try await fixture.night(bytes: 1) }
        let lines = try await Self.lines(fixture, limit: InstanceSummary.mostRuns)
        #expect(lines.count == InstanceSummary.mostRuns)
        #expect(!lines.contains { $0.contains("unrecorded") })
        let long = try await Self.lines(fixture, limit: 200)
        #expect(long.count == InstanceSummary.mostRuns + 5)
        #expect(long.allSatisfy { $0.contains(" verified ") })
    }
}
