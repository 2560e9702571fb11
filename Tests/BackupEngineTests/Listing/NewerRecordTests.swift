import BackupDomain
import BackupEngine
import Foundation
import TestSupport
import Testing

@Suite("Records that only a newer release can honour")
struct NewerRecordTests {
    let nights: NightsFixture
    var key: InstanceKey { self.nights.key }
    var now: Date { self.nights.clock.now - 3600 }

    init() async throws { self.nights = try await NightsFixture() }

    var listing: BackupListing {
        BackupListing(
            blobs: self.nights.blobs,
            records: RunRecords(self.nights.catalog),
            container: NightsFixture.container
        )
    }

    /// Lives through a night of a newer release, of which this one can read no more than what the record says of itself.
    @discardableResult
    func newerNight(_ rest: String = #""state": "ended", "program": "apim-backup 2.1.0""#) async throws -> RunID {
        let name = try await self.nights.night()
        let run = try #require(try await self.nights.catalog.newestRuns(of: self.key, limit: 1).first)
        #expect(try #require(try await self.nights.catalog.record(run, of: self.key)).record.backup?.name == name)
        try await self.write(#"{"version": 9, "run": 7\#(rest.isEmpty ? "" : ", ")\#(rest)}"#, as: run)
        return run
    }

    private func write(_ content: String, as run: RunID) async throws {
        _ = try await self.nights.blobs.write(
            Data(content.utf8),
            to: CatalogPath.record(run, of: self.key),
            in: NightsFixture.catalogContainer,
            condition: .always,
            contentType: "application/json"
        )
    }

    @Test(arguments: [50, 100])
    func `are lines of a listing, with their backups, and hide no others`(_ limit: Int) async throws {
        try await self.nights.night()
        let newer = try await self.newerNight()
        let last = try await self.nights.night()
        let found = try await self.listing.newest(of: nil, limit: limit, at: self.now).backups
        #expect(found.map(\.state.word) == ["verified", "newer version", "verified"])
        #expect(found.first?.backupName == last)
        #expect(found[1].run == newer)
        #expect(found[1].instance == "contoso-apim")
        #expect(found[1].backupName == "contoso-apim-\(newer.nominalAt.compact).apimbackup")
        #expect(found[1].restorableUntil == nil)
        guard case .refused(let record) = found[1].state else { return }
        #expect(record.notice == "record of a newer version, refused: needs apim-backup \u{2265} 2.1.0")
    }

    @Test func `are lines of a listing also where no record of the instance can be read`() async throws {
        try await self.newerNight()
        let found = try await self.listing.newest(of: "contoso-apim", limit: 50, at: self.now).backups
        #expect(found.map(\.state.word) == ["newer version"])
        let line = try #require(try await StatusReaderTests.lines(self.nights).first)
        #expect(line.status.verdict == .unprotected)
        #expect(line.status.reasons.first == "No run is recorded that this release can read.")
    }

    @Test func `put an instance at risk only while they are the newest, or may be open`() async throws {
        try await self.nights.night()
        try await self.newerNight()
        let newest = try #require(try await StatusReaderTests.lines(self.nights).first).status
        #expect(newest.verdict == .atRisk)
        #expect(newest.reasons.first?.hasSuffix("newer version, refused: needs apim-backup \u{2265} 2.1.0.") == true)
        try await self.nights.night()
        #expect(try await StatusReaderTests.lines(self.nights).map(\.status.verdict) == [.protected])
        try await self.newerNight("")
        try await self.nights.night()
        let open = try #require(try await StatusReaderTests.lines(self.nights).first).status
        #expect(open.verdict == .atRisk)
        #expect(open.reasons.first?.contains("needs the release that wrote it, or a newer one") == true)
    }

    @Test func `are never passed over for an older one that can be read`() async throws {
        let older = try await self.nights.night()
        let newer = try await self.newerNight()
        let name = "contoso-apim-\(newer.nominalAt.compact).apimbackup"
        for reference in ["contoso-apim", newer.text, name] {
            let error = await #expect(throws: BackupError.self) { try await self.listing.record(named: reference) }
            #expect(error?.code == .recordTooNew, "\(reference)")
            #expect(error?.remedy?.contains("2.1.0") == true)
        }
        #expect(try await self.listing.record(named: older).backup?.name == older)
        let last = try await self.nights.night()
        #expect(try await self.listing.record(named: "contoso-apim").backup?.name == last)
    }

    @Test(
        arguments: [
            (#""state": "ended""#, false), (#""state": "accepted""#, true), (#""state": 7"#, true), ("", true),
        ]
    )
    func `keep runs from beginning unless they say that they have ended`(_ rest: String, _ isOpen: Bool) async throws {
        try await self.nights.night()
        let newer = try await self.newerNight(rest)
        let open = try await self.nights.catalog.unfinishedRuns(of: self.key, at: self.now)
        #expect(open == (isOpen ? [newer] : []))
        let read = try await self.listing.unfinishedRuns(of: nil, at: self.now)
        #expect(read.flatMap(\.runs.refused).map(\.run) == open)
        guard isOpen else { return }
        await #expect(throws: BackupError(.recordTooNew, "")) {
            try await self.nights.catalog.unfinishedRecord(newer, of: self.key)
        }
    }

    @Test func `are neither pruned nor checked`() async throws {
        for _ in 0..<3 { try await self.nights.night() }
        try await self.newerNight()
        await #expect(throws: BackupError(.recordTooNew, "")) { try await self.nights.prune { $0.keepLast = 1 } }
        await #expect(throws: BackupError(.recordTooNew, "")) { try await self.nights.verify() }
        #expect(try await self.nights.names().count == 4)
    }

    @Test func `are not forgotten by summaries while they may be open`() async throws {
        try await self.nights.night()
        let newer = try await self.newerNight("")
        // Long after its month, too.
        for _ in 0..<InstanceSummary.mostRuns + 20 {
            try await self.nights.night()
            let run = try #require(try await self.nights.catalog.newestRuns(of: self.key, limit: 1).first)
            let record = try #require(try await self.nights.catalog.record(run, of: self.key)).record
            try await self.nights.catalog.summarize(record, at: self.now)
        }
        #expect(try await self.nights.catalog.unfinishedRuns(of: self.key, at: self.now) == [newer])
        let known = try await self.nights.catalog.runs(of: self.key, at: self.now)
        #expect(known.refused.map(\.run) == [newer])
        #expect(known.newestRefused == nil)
        try await self.write(#"{"version": 9, "state": "ended"}"#, as: newer)
        let ended = try await self.nights.catalog.runs(of: self.key, at: self.now)
        #expect(ended.summary?.refused == nil)
        #expect(try await self.nights.catalog.unfinishedRuns(of: self.key, at: self.now).isEmpty)
    }

    @Test(
        arguments: [
            ("apim-backup 2.1.0", "2.1.0"), ("apim-backup 3.0.0-rc.1+build", "3.0.0-rc.1+build"), ("other 2.1.0", nil),
            ("apim-backup ", nil), ("apim-backup \u{1B}[31m9", nil),
            ("apim-backup " + String(repeating: "9", count: 41), nil),
        ] as [(String, String?)]
    )
    func `name the release that reads them where they say it as we do`(_ program: String, _ release: String?) {
        #expect(RefusedRecord.release(program) == release)
    }
}
