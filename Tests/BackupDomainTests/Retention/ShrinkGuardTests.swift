import BackupDomain
import FoundationEssentials
import TestSupport
import Testing

@Suite("The shrink guard")
struct ShrinkGuardTests {
    /// Backups of these sizes, one a night, the newest last.
    static func points(_ sizes: [Int]) -> [RecoveryPoint] {
        sizes.enumerated().map { index, bytes in
            PointFixture.point(Double(sizes.count - 1 - index), bytes: bytes)
        }
    }

    struct Example: CustomTestStringConvertible {
        var sizes: [Int]
        var alarm: Int?
        var threshold = 0.7
        var testDescription: String { "\(self.sizes) at \(self.threshold)" }

        static let all: [Self] = [
            Self(sizes: [], alarm: nil),
            Self(sizes: [1], alarm: nil),
            Self(sizes: [1000, 700], alarm: nil),
            Self(sizes: [1000, 699], alarm: 699),
            Self(sizes: [100, 1000, 1000, 900, 650], alarm: 650),
            Self(sizes: [1000, 2000, 1400], alarm: nil),
            // Fourteen small nights pull the median down; the guard stays tripped by the first.
            Self(sizes: Array(repeating: 1000, count: 10) + Array(repeating: 10, count: 14), alarm: 10),
            // Only the last ten before it count.
            Self(sizes: Array(repeating: 100, count: 20) + Array(repeating: 1000, count: 6) + [699], alarm: 699),
            Self(sizes: [1000, 1000, 400, 1000, 1000], alarm: 400),
            Self(sizes: [1000, 600], alarm: nil, threshold: 0.5),
            Self(sizes: [1000, 0], alarm: nil, threshold: 0),
        ]
    }

    @Test(arguments: Example.all)
    func `trips at the first backup below the share of the median, and stays so`(_ example: Example) {
        let guardian = ShrinkGuard(threshold: example.threshold, acknowledgement: nil)
        #expect(guardian.alarm(Self.points(example.sizes))?.bytes == example.alarm)
        #expect(guardian.alarm(Self.points(example.sizes).reversed())?.bytes == example.alarm)
    }

    @Test(arguments: Example.all.filter { !$0.sizes.isEmpty })
    func `says the same of a summary's runs`(_ example: Example) throws {
        let night = Date(timeIntervalSince1970: 1_795_482_000)
        let records = example.sizes.enumerated().map { index, bytes in
            RunRecord.sample(at: night + Double(index) * 86_400, bytes: bytes)
        }
        let summary = records.dropFirst().reduce(into: InstanceSummary(try #require(records.first))) { $0.note($1) }
        let guardian = ShrinkGuard(threshold: example.threshold, acknowledgement: nil)
        #expect(guardian.alarm(summary)?.bytes == example.alarm)
    }

    @Test func `counts backups that are gone, and none that failed or that others made`() {
        var points = Self.points([1000, 1000, 100])
        points[0].blob = nil
        points[1].blob = nil
        let guardian = ShrinkGuard(threshold: 0.7, acknowledgement: nil)
        #expect(guardian.alarm(points)?.comparedWith == 2)
        points[2].origin = .run(PointFixture.run(0), outcome: .failed)
        #expect(guardian.alarm(points) == nil)
        #expect(guardian.alarm(Self.points([1000]) + [PointFixture.adopted(-1)]) == nil)
    }

    struct Emptied: CustomTestStringConvertible {
        var testDescription: String
        /// The number of things of each backup, oldest first; all have the same size.
        var things: [Int?]
        var isTripped: Bool

        static let all = [
            Self(testDescription: "half is gone", things: [100, 100, 50], isTripped: true),
            Self(testDescription: "a little is gone", things: [100, 100, 80], isTripped: false),
            Self(testDescription: "nobody counted before", things: [nil, nil, 1], isTripped: false),
            Self(testDescription: "nobody counted this one", things: [100, 100, nil], isTripped: false),
            Self(testDescription: "there was nothing", things: [0, 0, 0], isTripped: false),
            Self(testDescription: "it is emptied", things: [nil, 40, 0], isTripped: true),
        ]
    }

    @Test(arguments: Emptied.all) func `trips where fewer things lay in the instance`(_ emptied: Emptied) {
        var points = Self.points(emptied.things.map { _ in 1000 })
        for (index, things) in emptied.things.enumerated() { points[index].things = things }
        let alarm = ShrinkGuard(threshold: 0.7, acknowledgement: nil).alarm(points)
        #expect((alarm != nil) == emptied.isTripped)
        if let alarm { #expect(alarm.clause().contains("APIs, operations and the like, the median of the ")) }
    }

    @Test func `is quiet after an acknowledgement, until the size falls again`() throws {
        var sizes = [1000, 1000, 300, 310]
        let newest = try #require(ShrinkGuard.newest(Self.points(sizes)))
        #expect(newest.bytes == 310)
        func alarm() -> Int? {
            let points = Self.points(sizes)
            let entry = ShrinkAcknowledgements.Entry(
                name: points[3].name,
                bytes: 310,
                createdAt: points[3].createdAt,
                at: PointFixture.now,
                by: PointFixture.principal,
                reason: "half of the APIs moved"
            )
            return ShrinkGuard(threshold: 0.7, acknowledgement: entry).alarm(points)?.bytes
        }
        #expect(alarm() == nil)
        sizes.append(290)
        #expect(alarm() == nil)
        sizes.append(150)
        #expect(alarm() == 150)
    }

    @Test func `holds back every release of a plan, with the sizes in words`() {
        let points = Self.points([1000, 1000, 1000, 100])
        let plan = RetentionPlanTests.plan(points) { $0.keepLast = 1 }
        #expect(
            RetentionPlanTests.table(plan) == [
                "0 keep: newestGood, keepLast", "1 withheld: shrinkGuard", "2 withheld: shrinkGuard",
                "3 withheld: shrinkGuard",
            ]
        )
        #expect(plan.alarm?.bytes == 100)
        #expect(plan.holds.first?.text.contains("has 100 bytes, the median of the 3 before it is 1000") == true)
    }
}
