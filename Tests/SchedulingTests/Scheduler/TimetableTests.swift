import BackupDomain
import Foundation
import TestSupport
import Testing

@testable import Scheduling

@Suite("The timetable")
struct TimetableTests {
    static let night = Date(timeIntervalSince1970: 1_795_482_000)

    static func times(_ name: String, _ schedule: Schedule = Schedule()) -> (InstanceKey, DueTimes) {
        let id = ResourceID.sample(named: name)
        return (InstanceKey(id), DueTimes(schedule, zone: .utc, instance: id))
    }

    static func table(_ rows: (InstanceKey, DueTimes)..., at now: Date) -> Timetable {
        var table = Timetable()
        table.replace(with: Dictionary(uniqueKeysWithValues: rows), at: now)
        return table
    }

    @Test func `has every instance due at once, and then at its times`() throws {
        let nightly = Self.times("nightly")
        let noon = try Self.times("noon", Schedule(timing: .cron(CronExpression("0 12 * * *"))))
        var table = Self.table(nightly, noon, at: Self.night - 3600)
        #expect(Set(table.take(at: Self.night - 3600).map(\.instance)) == [nightly.0, noon.0])
        #expect(table.nextAt == Self.night)
        #expect(table.take(at: Self.night - 1).isEmpty)
        #expect(table.take(at: Self.night) == [.init(instance: nightly.0, at: Self.night)])
        #expect(table.nextAt == Self.night + 11 * 3600)
        #expect(table.nextAt(of: nightly.0) == Self.night + 86_400)
        #expect(table.count == 2)
    }

    @Test func `hands over once for many times that have passed`() {
        let row = Self.times("nightly")
        var table = Self.table(row, at: Self.night - 3600)
        _ = table.take(at: Self.night - 3600)
        #expect(table.take(at: Self.night + 30 * 86_400 + 5).map(\.at) == [Self.night])
        #expect(table.nextAt == Self.night + 31 * 86_400)
    }

    @Test func `notices that the clock was set back`() {
        let row = Self.times("nightly")
        var table = Self.table(row, at: Self.night + 3600)
        _ = table.take(at: Self.night + 3600)
        #expect(table.nextAt == Self.night + 86_400)
        // Set back by a day: the next time is tonight's, although it was there before.
        #expect(table.take(at: Self.night - 82_800).isEmpty)
        #expect(table.nextAt == Self.night)
    }

    @Test func `sleeps to the next time, five minutes at the most`() {
        var table = Self.table(Self.times("nightly"), at: Self.night - 3600)
        #expect(table.sleep(at: Self.night - 3600) == .milliseconds(1))
        _ = table.take(at: Self.night - 3600)
        #expect(table.sleep(at: Self.night - 3600) == Timetable.longestSleep)
        #expect(table.sleep(at: Self.night - 90) == .seconds(90))
        #expect(table.sleep(at: Self.night - 0.25) == .milliseconds(250))
        #expect(Timetable().sleep(at: Self.night) == Timetable.longestSleep)
    }

    @Test func `looks again when it is asked to, and still at the times`() {
        let row = Self.times("nightly")
        var table = Self.table(row, at: Self.night - 3600)
        _ = table.take(at: Self.night - 3600)
        table.lookAgain(at: row.0, from: Self.night - 3000)
        table.lookAgain(at: row.0, from: Self.night - 2000)
        table.lookAgain(at: Self.times("unknown").0, from: Self.night)
        #expect(table.nextAt == Self.night - 3000)
        #expect(table.take(at: Self.night - 3000).count == 1)
        #expect(table.nextAt == Self.night)
    }

    @Test func `spreads a fleet by its delays`() {
        let schedule = Schedule(jitter: .seconds(600))
        var table = Timetable()
        table.replace(
            with: Dictionary(uniqueKeysWithValues: (0..<200).map { Self.times("apim-\($0)", schedule) }),
            at: Self.night - 3600
        )
        _ = table.take(at: Self.night - 3600)
        var taken = 0
        for second in 0...600 {
            let due = table.take(at: Self.night + Double(second))
            #expect(due.count < 20)
            taken += due.count
        }
        #expect(taken == 200)
    }

    @Test func `does not forget a time that waits for its delay when it is looked at meanwhile`() {
        let schedule = Schedule(jitter: .seconds(3600))
        let (key, times) = Self.times("delayed", schedule)
        let due = times.due(Self.night)
        #expect(due > Self.night + 2)
        // Begun between the time and its delay, as by a restart.
        var table = Self.table((key, times), at: Self.night + 1)
        #expect(table.take(at: Self.night + 1).count == 1)
        #expect(table.nextAt == due)
        table.lookAgain(at: key, from: Self.night + 2)
        #expect(table.take(at: Self.night + 2).count == 1)
        #expect(table.take(at: due) == [.init(instance: key, at: due)])
        #expect(table.nextAt == times.due(Self.night + 86_400))
    }

    /// What the timetable decides, told plainly: every row is looked at each time.
    struct PlainTable {
        var rows: [InstanceKey: (times: DueTimes, nextAt: Date?, againAt: Date?)] = [:]

        func at(_ key: InstanceKey) -> Date? {
            self.rows[key].flatMap { [$0.nextAt, $0.againAt].compactMap(\.self).min() }
        }

        mutating func take(at now: Date) -> [Timetable.Due] {
            var due: [Timetable.Due] = []
            for (key, row) in self.rows {
                let next = row.times.dueNext(after: now)
                if let at = self.at(key), at <= now {
                    due.append(.init(instance: key, at: at))
                    self.rows[key] = (row.times, next, nil)
                } else if let next, row.nextAt.map({ next < $0 }) ?? true {
                    self.rows[key]?.nextAt = next
                }
            }
            return due.sorted { ($0.at, $0.instance) < ($1.at, $1.instance) }
        }
    }

    @Test(arguments: 1...20 as ClosedRange<UInt64>)
    func `takes what a look at every row would take, whatever the clock does`(_ seed: UInt64) throws {
        var state = seed &* 0x9E37_79B9_7F4A_7C15
        func draw(_ bound: Int) -> Int {
            state ^= state << 13
            state ^= state >> 7
            state ^= state << 17
            return Int(state % UInt64(bound))
        }
        let schedules = [
            Schedule(timing: .every(seconds: 600)), Schedule(timing: .every(seconds: 86_400), jitter: .seconds(3600)),
            Schedule(), try Schedule(timing: .cron(CronExpression("*/7 3,4 * * *"))),
        ]
        var (table, plain, now) = (Timetable(), PlainTable(), Self.night)
        for number in 0..<30 {
            let (key, times) = Self.times("apim-\(number)", schedules[draw(schedules.count)])
            table.add([key: times], at: now)
            plain.rows[key] = (times, times.dueNext(after: now), now)
        }
        let keys = plain.rows.keys.sorted()
        for _ in 0..<300 {
            switch draw(10) {
            case 0: now -= Double(draw(200_000))
            case 1: now += Double(draw(200_000))
            case 2, 3, 4:
                let (key, again) = (keys[draw(keys.count)], now + Double(draw(900)))
                table.lookAgain(at: key, from: again)
                let former = plain.rows[key]?.againAt
                plain.rows[key]?.againAt = former.map { min($0, again) } ?? again
            default: now = max(now, table.nextAt ?? now) + Double(draw(3))
            }
            #expect(table.take(at: now) == plain.take(at: now))
            #expect(table.nextAt == keys.compactMap(plain.at).min())
        }
    }
}
