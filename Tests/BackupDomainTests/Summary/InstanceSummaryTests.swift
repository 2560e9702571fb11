import BackupDomain
import Foundation
import TestSupport
import Testing

@Suite("An instance's summary")
struct InstanceSummaryTests {
    static let night = Date(timeIntervalSince1970: 1_795_482_000)
    static let day = 86_400.0

    static func summary(_ records: [RunRecord]) throws -> InstanceSummary {
        let first = try #require(records.first)
        return records.dropFirst().reduce(into: InstanceSummary(first)) { $0.note($1) }
    }

    @Test func `says the same in whatever order records come, and however often`() throws {
        let records = (0..<9).map { RunRecord.sample(at: Self.night + Double($0) * Self.day) }
        let expected = try Self.summary(records)
        var random = SystemRandomNumberGenerator()
        for _ in 0..<20 {
            let shuffled = (records + records).shuffled(using: &random)
            #expect(try Self.summary(shuffled) == expected)
        }
        #expect(expected.runs.map(\.run) == records.reversed().map(\.run))
        #expect(expected.lastRecord == records.last?.run)
    }

    @Test func `holds so many runs and no more, and the last good one beyond them`() throws {
        let good = RunRecord.sample(at: Self.night)
        let bad = (1...InstanceSummary.mostRuns + 5).map { number in
            RunRecord.sample(at: Self.night + Double(number) * Self.day, outcome: .failed)
        }
        let summary = try Self.summary([good] + bad)
        #expect(summary.runs.count == InstanceSummary.mostRuns)
        #expect(summary.runs.allSatisfy { $0.outcome == .failed })
        #expect(summary.lastGood?.run == good.run)
    }

    @Test func `forgets no run without an outcome, however many came after it`() throws {
        let open = RunRecord.sample(at: Self.night, outcome: nil)
        let later = (1...InstanceSummary.mostRuns + 10).map { number in
            RunRecord.sample(at: Self.night + Double(number) * Self.day, outcome: .refused)
        }
        var summary = try Self.summary([open] + later)
        #expect(summary.unfinished.map(\.run) == [open.run])
        #expect(summary.runs.count == InstanceSummary.mostRuns + 1)
        #expect(summary.oldestRun == later[10].run)
        summary.note(RunRecord.sample(at: Self.night))
        #expect(summary.unfinished.isEmpty)
        #expect(summary.runs.count == InstanceSummary.mostRuns)
        #expect(summary.lastGood?.run == open.run)
    }

    @Test func `remembers the deepest fall of a size when its nights have left the summary`() throws {
        func records(_ sizes: [Int]) -> [RunRecord] {
            sizes.enumerated().map { RunRecord.sample(at: Self.night + Double($0) * Self.day, bytes: $1) }
        }
        let sizes = Array(repeating: 200_000, count: 20) + [150_000] + Array(repeating: 1000, count: 100)
        let nights = records(sizes)
        let summary = try Self.summary(nights)
        #expect(summary.runs.allSatisfy { $0.bytes == 1000 })
        let fall = try #require(summary.deepestFall)
        #expect(fall.name == nights[21].backup?.name)
        #expect(fall.medianBytes == 200_000 && fall.bytes == 1000 && fall.comparedWith == 10)
        let guardian = ShrinkGuard(threshold: 0.7, acknowledgement: nil)
        #expect(guardian.alarm(summary) == fall)
        let entry = ShrinkAcknowledgements.Entry(
            name: nights[30].backup?.name ?? "",
            bytes: 1000,
            createdAt: Self.night + 30 * Self.day,
            at: Self.night + 40 * Self.day,
            by: RecordedPrincipal(credential: "test"),
            reason: "emptied on purpose"
        )
        #expect(ShrinkGuard(threshold: 0.7, acknowledgement: entry).alarm(summary) == nil)
        #expect(ShrinkGuard(threshold: 0.001, acknowledgement: nil).alarm(summary) == nil)
        #expect(try Self.summary(records(Array(repeating: 1000, count: 100))).deepestFall == nil)
    }

    @Test func `remembers a fall after an acknowledged one that was deeper`() throws {
        let sizes = [(20, 200_000), (30, 80_000), (20, 200_000), (115, 130_000)]
        let nights = sizes.flatMap { Array(repeating: $1, count: $0) }.enumerated().map { night, bytes in
            RunRecord.sample(at: Self.night + Double(night) * Self.day, bytes: bytes)
        }
        let summary = try Self.summary(nights)
        #expect(summary.falls?.count == 6)
        let entry = ShrinkAcknowledgements.Entry(
            name: nights[30].backup?.name ?? "",
            bytes: 80_000,
            createdAt: Self.night + 30 * Self.day,
            at: Self.night + 40 * Self.day,
            by: RecordedPrincipal(credential: "test"),
            reason: "emptied on purpose"
        )
        #expect(ShrinkGuard(threshold: 0.7, acknowledgement: nil).alarm(summary)?.name == nights[20].backup?.name)
        #expect(ShrinkGuard(threshold: 0.7, acknowledgement: entry).alarm(summary)?.name == nights[70].backup?.name)
        #expect(ShrinkGuard(threshold: 0.5, acknowledgement: entry).alarm(summary) == nil)
        #expect(summary.deepestFall?.bytes == 80_000)
    }

    @Test func `a record takes the place of what was known of its run`() throws {
        let begun = RunRecord.sample(at: Self.night, outcome: nil)
        var summary = InstanceSummary(begun)
        #expect(summary.unfinished.map(\.run) == [begun.run])
        #expect(summary.lastGood == nil)
        summary.note(RunRecord.sample(at: Self.night))
        #expect(summary.unfinished.isEmpty)
        #expect(summary.runs.count == 1)
        #expect(summary.lastGood?.run == begun.run)
    }

    @Test func `a backup that vanished or changed is not the last good one, until a look finds it`() throws {
        let records = (0..<3).map { RunRecord.sample(at: Self.night + Double($0) * Self.day) }
        var summary = try Self.summary(records)
        // A millisecond is as exact as what was read of the look before.
        summary.note(.vanished, of: records[2].run, at: Self.night + 0.0003)
        #expect(summary.runs.first { $0.run == records[2].run }?.standingAt == Self.night)
        summary.note(.vanished, of: records[2].run, at: Self.night)
        #expect(summary.lastGood?.run == records[1].run)
        summary.note(.changed, of: records[1].run, at: Self.night)
        #expect(summary.lastGood?.run == records[0].run)
        // What a look showed outlives the record's being noted again.
        summary.note(records[2])
        #expect(summary.lastGood?.run == records[0].run)
        summary.note(.present, of: records[2].run, at: Self.night + 1)
        #expect(summary.lastGood?.run == records[2].run)
        // A look that began before, and was written down after.
        summary.note(.vanished, of: records[2].run, at: Self.night)
        #expect(summary.lastGood?.run == records[2].run)
    }

    @Test func `what became of another blob of a run says nothing of its backup`() throws {
        let record = RunRecord.sample(at: Self.night)
        let later = (1...InstanceSummary.mostRuns).map { number in
            RunRecord.sample(at: Self.night + Double(number) * Self.day, outcome: .failed)
        }
        // Among the newest runs, and beyond them as the last good one.
        for records in [[record], [record] + later] {
            var summary = try Self.summary(records)
            var point = RecoveryPoint(
                container: record.storage.container,
                name: "another",
                instance: InstanceKey(record.instance.id),
                origin: .run(record.run, outcome: .unknown),
                createdAt: Self.night,
                restorableUntil: Self.night + Self.day
            )
            summary.note(.pruned, of: point, at: Self.night)
            #expect(summary.lastGood?.run == record.run)
            #expect(summary.lastGood?.standing == nil)
            point.name = try #require(record.backup?.name)
            summary.note(.pruned, of: point, at: Self.night)
            #expect(summary.lastGood == nil)
        }
    }

    @Test func `is read as it was written, and ignores fields that it does not know`() throws {
        let summary = try Self.summary([RunRecord.sample(at: Self.night)])
        let written = try JSONEncoder.stable().encode(summary)
        #expect(try JSONDecoder.stable().decode(InstanceSummary.self, from: written) == summary)
        let extended = String(decoding: written, as: UTF8.self)
            .replacing(#"{"instance""#, with: #"{"new":1,"instance""#)
        #expect(extended.contains(#""new":1"#))
        #expect(try JSONDecoder.stable().decode(InstanceSummary.self, from: Data(extended.utf8)) == summary)
    }
}
