import EmulatorRuntime
import Foundation

/// The schedule of a Container Apps job: five fields of cron, in UTC.
///
/// Source: "Jobs in Azure Container Apps", scheduled jobs: standard cron expressions, evaluated in UTC.
struct UTCCron: Sendable, Equatable {
    private let minutes: Set<Int>
    private let hours: Set<Int>
    private let days: Set<Int>
    private let months: Set<Int>
    private let weekdays: Set<Int>
    /// Whether days of the month and of the week are both named, so that either is enough.
    private let eitherDay: Bool

    /// Reads an expression; nil where it is none.
    init?(_ text: String) {
        let fields = text.split(separator: " ", omittingEmptySubsequences: true).map(String.init)
        guard fields.count == 5, let minutes = Self.values(fields[0], 0...59),
            let hours = Self.values(fields[1], 0...23), let days = Self.values(fields[2], 1...31),
            let months = Self.values(fields[3], 1...12, names: Self.monthNames),
            let weekdays = Self.values(fields[4], 0...7, names: Self.dayNames)
        else { return nil }
        self.minutes = minutes
        self.hours = hours
        self.days = days
        self.months = months
        self.weekdays = Set(weekdays.map { $0 % 7 })
        self.eitherDay = !fields[2].hasPrefix("*") && !fields[4].hasPrefix("*")
    }

    private static let monthNames = [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ]
    private static let dayNames = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"]

    private static func values(_ field: String, _ range: ClosedRange<Int>, names: [String] = []) -> Set<Int>? {
        var values: Set<Int> = []
        for part in field.split(separator: ",", omittingEmptySubsequences: false) {
            let halves = part.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
            guard halves.count <= 2, let step = halves.count == 2 ? Int(halves[1]) : 1, step > 0 else { return nil }
            guard let span = self.span(halves[0], range, names: names, isOpen: halves.count == 2) else { return nil }
            values.formUnion(stride(from: span.lowerBound, through: span.upperBound, by: step))
        }
        return values
    }

    private static func span(
        _ text: String,
        _ range: ClosedRange<Int>,
        names: [String],
        isOpen: Bool
    ) -> ClosedRange<Int>? {
        if text == "*" { return range }
        let ends = text.split(separator: "-", omittingEmptySubsequences: false).map { end in
            names.firstIndex(of: end.lowercased()).map { $0 + range.lowerBound } ?? Int(end)
        }
        guard (1...2).contains(ends.count), let first = ends[0], range.contains(first) else { return nil }
        guard ends.count == 2 else { return isOpen ? first...range.upperBound : first...first }
        guard let last = ends[1], range.contains(last), first <= last else { return nil }
        return first...last
    }

    /// The first time after an instant; nil where there is none within eight years.
    func next(after instant: Date) -> Date? {
        let start = Int(instant.timeIntervalSince1970.rounded(.down)) / 60 * 60 + 60
        let firstDay = start / 86_400
        for day in firstDay..<(firstDay + 8 * 366) where self.matches(day: day) {
            let from = day == firstDay ? start - day * 86_400 : 0
            for hour in self.hours.sorted() where hour >= from / 3600 {
                for minute in self.minutes.sorted() where hour * 3600 + minute * 60 >= from {
                    return Date(timeIntervalSince1970: Double(day * 86_400 + hour * 3600 + minute * 60))
                }
            }
        }
        return nil
    }

    private func matches(day: Int) -> Bool {
        let date = CalendarInstant(Date(timeIntervalSince1970: Double(day * 86_400)))
        guard self.months.contains(date.month) else { return false }
        let (isDay, isWeekday) = (self.days.contains(date.day), self.weekdays.contains(date.weekday))
        return self.eitherDay ? isDay || isWeekday : isDay && isWeekday
    }
}
