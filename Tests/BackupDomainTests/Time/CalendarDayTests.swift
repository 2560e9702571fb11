import FoundationEssentials
import Testing

@testable import BackupDomain

@Suite("Days, weeks and months in UTC")
struct CalendarDayTests {
    struct Example: CustomTestStringConvertible {
        var instant: String
        var day: String
        var week: String
        var testDescription: String { self.instant }

        static let all: [Self] = [
            Self(instant: "1970-01-01T00:00:00Z", day: "1970-01-01", week: "1970-W01"),
            Self(instant: "1969-12-31T23:59:59Z", day: "1969-12-31", week: "1970-W01"),
            Self(instant: "2026-11-24T01:00:00Z", day: "2026-11-24", week: "2026-W48"),
            Self(instant: "2026-12-31T23:59:59Z", day: "2026-12-31", week: "2026-W53"),
            Self(instant: "2027-01-03T12:00:00Z", day: "2027-01-03", week: "2026-W53"),
            Self(instant: "2027-01-04T00:00:00Z", day: "2027-01-04", week: "2027-W01"),
            Self(instant: "2028-02-29T00:00:00Z", day: "2028-02-29", week: "2028-W09"),
            Self(instant: "2024-12-30T00:00:00Z", day: "2024-12-30", week: "2025-W01"),
            Self(instant: "2021-01-03T00:00:00Z", day: "2021-01-03", week: "2020-W53"),
            Self(instant: "2000-03-01T00:00:00Z", day: "2000-03-01", week: "2000-W09"),
            Self(instant: "2100-02-28T00:00:00Z", day: "2100-02-28", week: "2100-W08"),
            Self(instant: "2100-03-01T00:00:00Z", day: "2100-03-01", week: "2100-W09"),
        ]
    }

    @Test(arguments: Example.all)
    func `are those of ISO 8601`(_ example: Example) throws {
        let day = CalendarDay(try #require(Date(iso8601: example.instant)))
        #expect(day.text == example.day)
        #expect(day.weekText == example.week)
        #expect(day.monthText == String(example.day.prefix(7)))
    }

    @Test func `follow each other without a gap for two hundred years`() {
        var before = CalendarDay(number: -36_525)
        var gaps: [Int] = []
        for number in -36_524...36_525 {
            let day = CalendarDay(number: number)
            let isNextDay = day.month == before.month && day.day == before.day + 1
            let isNextMonth = day.day == 1 && (day.month == before.month + 1 || day.month == 1 && before.month == 12)
            let isSameWeek = day.weekText == before.weekText
            if !(isNextDay || isNextMonth) || isSameWeek == ((number + 3) % 7 == 0) { gaps.append(number) }
            before = day
        }
        #expect(gaps.isEmpty)
    }
}
