import FoundationEssentials
import Testing

@testable import BackupDomain

@Suite("Rules of time zones")
struct TimeZoneRulesTests {
    struct Example: CustomTestStringConvertible {
        var zone: TimeZoneRules
        var instant: String
        var minutes: Int
        var testDescription: String { "\(self.zone.name) \(self.instant)" }

        static let all: [Self] = [
            Self(zone: .utc, instant: "2026-07-01T00:00:00Z", minutes: 0),
            Self(zone: .berlin, instant: "2026-03-29T00:59:59Z", minutes: 60),
            Self(zone: .berlin, instant: "2026-03-29T01:00:00Z", minutes: 120),
            Self(zone: .berlin, instant: "2026-10-25T00:59:59Z", minutes: 120),
            Self(zone: .berlin, instant: "2026-10-25T01:00:00Z", minutes: 60),
            Self(zone: .berlin, instant: "2031-01-01T00:00:00Z", minutes: 60),
            Self(zone: .berlin, instant: "2500-07-01T00:00:00Z", minutes: 120),
            Self(zone: .newYork, instant: "2026-11-01T05:59:59Z", minutes: -240),
            Self(zone: .newYork, instant: "2026-11-01T06:00:00Z", minutes: -300),
            Self(zone: .lordHowe, instant: "2026-04-04T14:59:59Z", minutes: 660),
            Self(zone: .lordHowe, instant: "2026-04-04T15:00:00Z", minutes: 630),
            Self(zone: .lordHowe, instant: "2026-12-31T23:00:00Z", minutes: 660),
            Self(zone: .dublin, instant: "2026-01-15T00:00:00Z", minutes: 0),
            Self(zone: .dublin, instant: "2026-03-29T01:00:00Z", minutes: 60),
            Self(zone: .dublin, instant: "2026-10-25T01:00:00Z", minutes: 0),
            Self(zone: .nuuk, instant: "2026-03-29T00:59:59Z", minutes: -120),
            Self(zone: .nuuk, instant: "2026-03-29T01:00:00Z", minutes: -60),
            Self(zone: .nuuk, instant: "2026-10-25T01:00:00Z", minutes: -120),
            Self(zone: .allYear, instant: "2027-01-01T04:59:59Z", minutes: -240),
            Self(zone: .allYear, instant: "2027-01-01T05:00:00Z", minutes: -240),
            Self(zone: .apia, instant: "2011-12-30T09:59:59Z", minutes: -600),
            Self(zone: .apia, instant: "2011-12-30T10:00:00Z", minutes: 840),
        ]
    }

    @Test(arguments: Example.all)
    func `tell the offset at any instant`(_ example: Example) throws {
        let instant = try #require(Date(iso8601: example.instant))
        #expect(example.zone.offset(at: Int(instant.timeIntervalSince1970)) == example.minutes * 60)
    }

    @Test(arguments: [TimeZoneRules.berlin, .newYork, .lordHowe, .dublin, .nuuk, .apia])
    func `make periods that follow each other without a gap, each with another offset`(_ zone: TimeZoneRules) throws {
        var second = 0
        for _ in 0..<200 {
            let period = zone.period(at: second)
            #expect(period.start <= second && second < period.end)
            #expect(zone.period(at: period.end - 1) == period)
            guard period.end != .max else { return }
            let next = zone.period(at: period.end)
            #expect(next.start == period.end)
            #expect(next.offset != period.offset)
            second = period.end
        }
    }

    @Test func `name days of the year with and without the leap day`() {
        let march = [
            CalendarDay(year: 2027, month: 3).number * 86_400, CalendarDay(year: 2028, month: 3).number * 86_400,
        ]
        let julian = YearlyMoment(.withoutLeapDay(60), secondOfDay: 0)
        #expect([2027, 2028].map(julian.second) == march)
        let counted = YearlyMoment(.dayOfYear(59), secondOfDay: 0)
        #expect([2027, 2028].map(counted.second) == [march[0], march[1] - 86_400])
    }

    @Test func `keep only changes that change something`() {
        let zone = TimeZoneRules(
            name: "Test",
            initialOffset: 0,
            changes: [.init(at: 100, offset: 0), .init(at: 200, offset: 60), .init(at: 300, offset: 60)],
            afterwards: nil
        )
        #expect(zone.period(at: 150) == OffsetPeriod(start: .min, end: 200, offset: 0))
        #expect(zone.period(at: 400) == OffsetPeriod(start: 200, end: .max, offset: 60))
    }
}
