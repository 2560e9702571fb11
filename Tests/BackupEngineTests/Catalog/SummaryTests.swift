import BackupDomain
import BackupEngine
import Foundation
import TestSupport
import Testing

@Suite("Summaries and the records that they lack")
struct SummaryTests {
    static let start = Date(timeIntervalSince1970: 1_480_000_000)
    static let day = 86_400.0
    static let container = "apim-backups-catalog"

    let blobs: CountingBlobStorage
    let catalog: BlobCatalog
    let key = InstanceKey(.sample(named: "contoso-apim"))

    init() async throws {
        let memory = MemoryBlobStorage(clock: ManualClock())
        try await memory.createContainer(Self.container)
        try await memory.createContainer("apim-backups")
        self.blobs = CountingBlobStorage(memory)
        self.catalog = BlobCatalog(storage: self.blobs, container: Self.container)
    }

    /// Writes nights, each summarised as a run does it or not.
    @discardableResult
    func write(nights: Range<Int>, summarized: Bool = true) async throws -> [RunRecord] {
        var records: [RunRecord] = []
        for night in nights {
            var record = RunRecord.sample(at: Self.start + Double(night) * Self.day)
            if summarized { record = try await record.lying(in: self.blobs) }
            _ = try await self.catalog.create(record)
            if summarized { try await self.catalog.summarize(record, at: record.nominalAt + 700) }
            records.append(record)
        }
        return records
    }

    func summary(after nights: Int) async throws -> InstanceSummary? {
        try await self.catalog.summary(of: self.key, at: Self.start + Double(nights) * Self.day)
    }

    @Test func `there is none where there is no record`() async throws {
        #expect(try await self.summary(after: 0) == nil)
    }

    @Test func `costs the same after one month and after ten years of nights`() async throws {
        try await self.write(nights: 0..<30)
        self.blobs.reset()
        #expect(try await self.summary(after: 30)?.runs.count == 30)
        let early = self.blobs.total
        try await self.write(nights: 30..<3650, summarized: false)
        try await self.write(nights: 3650..<3653)
        self.blobs.reset()
        #expect(try await self.summary(after: 3653)?.runs.count == InstanceSummary.mostRuns)
        #expect(self.blobs.total <= max(early, 4), "\(self.blobs.calls)")
    }

    @Test(arguments: [0, 1, 5, 40, 200])
    func `is completed from the records that it lacks`(_ behind: Int) async throws {
        let seen = try await self.write(nights: 0..<70)
        let unseen = try await self.write(nights: 70..<70 + behind, summarized: false)
        let expected = (seen + unseen).map(\.run).reversed().prefix(InstanceSummary.mostRuns)
        #expect(try await self.summary(after: 70 + behind)?.runs.map(\.run) == Array(expected))
    }

    @Test func `a run that was written up late, after a newer one, is not missed`() async throws {
        let records = try await self.write(nights: 0..<5)
        let late = RunRecord.sample(at: Self.start + 3.5 * Self.day)
        _ = try await self.catalog.create(late)
        let summary = try await self.summary(after: 5)
        #expect(summary?.runs.map(\.run).contains(late.run) == true)
        #expect(summary?.runs.count == records.count + 1)
    }

    @Test func `a run that was under way is looked at again`() async throws {
        let begun = RunRecord.sample(at: Self.start, outcome: nil)
        let version = try await self.catalog.create(begun)
        try await self.catalog.summarize(begun, at: Self.start)
        #expect(try await self.summary(after: 0)?.unfinished.count == 1)
        _ = try await self.catalog.replace(RunRecord.sample(at: Self.start), version: version)
        #expect(try await self.summary(after: 0)?.unfinished.isEmpty == true)
    }

    @Test(arguments: ["", "{", #"{"version": 99}"#, #"{"version": 1}"#, "[]"])
    func `one that cannot be read is made anew from the records`(_ text: String) async throws {
        try await self.write(nights: 0..<3)
        _ = try await self.blobs.write(
            Data(text.utf8),
            to: CatalogPath.summary(of: self.key),
            in: Self.container,
            condition: .always,
            contentType: "application/json"
        )
        #expect(try await self.summary(after: 3)?.runs.count == 3)
        try await self.write(nights: 3..<4)
        #expect(try await self.summary(after: 4)?.runs.count == 4)
    }

    @Test func `an open run is found however many were refused after it, with a summary and without`() async throws {
        let open = RunRecord.sample(at: Self.start, outcome: nil)
        _ = try await self.catalog.create(open)
        for night in 1...70 {
            let refused = RunRecord.sample(at: Self.start + Double(night) * Self.day, outcome: .refused)
            _ = try await self.catalog.create(refused)
            try await self.catalog.summarize(refused, at: refused.nominalAt)
        }
        let now = Self.start + 71 * Self.day
        #expect(try await self.catalog.unfinishedRuns(of: self.key, at: now) == [open.run])
        let path = CatalogPath.summary(of: self.key)
        _ = try await self.blobs.delete(path, in: Self.container, condition: .always)
        #expect(try await self.catalog.unfinishedRuns(of: self.key, at: now) == [open.run])
        // The summary that the next run makes anew does not forget it either.
        let next = RunRecord.sample(at: now, outcome: .refused)
        _ = try await self.catalog.create(next)
        try await self.catalog.summarize(next, at: now)
        self.blobs.reset()
        #expect(try await self.catalog.unfinishedRuns(of: self.key, at: now + Self.day) == [open.run])
        #expect(self.blobs.total <= 6, "\(self.blobs.calls)")
    }

    @Test func `many who write at once lose nothing of each other`() async throws {
        let records = try await self.write(nights: 0..<4, summarized: false)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for record in records {
                group.addTask { try await self.catalog.summarize(record, at: Self.start + 4 * Self.day) }
            }
            try await group.waitForAll()
        }
        #expect(try await self.summary(after: 4)?.runs.count == 4)
    }

    @Test func `a listing's newest page and the status cost the same after ten years`() async throws {
        let listing = BackupListing(blobs: self.blobs, catalog: self.catalog, container: "apim-backups")
        let reader = StatusReader(
            blobs: self.blobs,
            catalogContainer: Self.container,
            container: "apim-backups",
            clock: ManualClock()
        )
        try await self.write(nights: 0..<3600, summarized: false)
        try await self.write(nights: 3600..<3650)
        let now = Self.start + 3650 * Self.day
        self.blobs.reset()
        let found = try await listing.newest(of: nil, limit: 50, at: now)
        #expect(found.backups.count == 50)
        #expect(found.backups.allSatisfy { $0.state == .ended(.verified) })
        #expect(self.blobs.total <= 6, "\(self.blobs.calls)")
        self.blobs.reset()
        let lines = try await reader.lines(of: nil, standard: ProtectionStatus.Expectation(), at: now)
        #expect(lines.map(\.status.verdict) == [.protected])
        #expect(self.blobs.total <= 9, "\(self.blobs.calls)")
    }
}
