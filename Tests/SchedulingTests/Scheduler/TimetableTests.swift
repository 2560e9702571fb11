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
}
