import FoundationEssentials

/// A day by the Gregorian calendar, with its weekday and ISO week: what calendar rules and cron expressions count by.
///
/// Which clock it is a day of, that of UTC or that of a time zone, is for the user to know. Written here because
/// Foundation's calendars with ISO weeks would bring ICU into the program.
///
/// Source: <https://www.iso.org/iso-8601-date-and-time-format.html>; the days are counted as in the proleptic calendar.
struct CalendarDay: Sendable, Hashable {
    /// Days since 1970-01-01.
    let number: Int
    /// The year.
    let year: Int
    /// The month, from 1.
    let month: Int
    /// The day of the month, from 1.
    let day: Int

    /// The day of an instant, in UTC.
    init(_ date: Date) { self.init(number: Int((date.timeIntervalSince1970 / 86_400).rounded(.down))) }

    /// A day by its number.
    init(number: Int) {
        self.number = number
        // Years are counted from March, so that the leap day comes last; 719,468 days lie between 0000-03-01 and 1970.
        let shifted = number + 719_468
        let era = shifted.dividedDown(by: 146_097)
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        self.day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        self.month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        self.year = yearOfEra + era * 400 + (self.month <= 2 ? 1 : 0)
    }

    /// The first day of a month.
    ///
    /// - Parameters:
    ///   - year: The year.
    ///   - month: The month, from 1 to 13, which is the next year's first.
    init(year: Int, month: Int) {
        let (year, month) = month > 12 ? (year + 1, month - 12) : (year, month)
        let isLeap = year.isMultiple(of: 4) && (!year.isMultiple(of: 100) || year.isMultiple(of: 400))
        let before = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334][month - 1] + (isLeap && month > 2 ? 1 : 0)
        self.init(number: Self.firstDay(of: year) + before)
    }

    /// The day of the week, from 0 for Sunday to 6.
    var weekday: Int { (self.number + 4).remainder(dividingDownBy: 7) }

    /// The first day of the month that follows.
    var nextMonth: CalendarDay { CalendarDay(year: self.year, month: self.month + 1) }

    /// The date, `2026-11-24`.
    var text: String { "\(self.year)-\(Self.two(self.month))-\(Self.two(self.day))" }

    /// The month, `2026-11`.
    var monthText: String { "\(self.year)-\(Self.two(self.month))" }

    /// The ISO week, `2026-W48`: weeks begin on Monday and belong to the year of their Thursday.
    var weekText: String {
        let daysSinceMonday = (self.weekday + 6) % 7
        let thursday = CalendarDay(number: self.number - daysSinceMonday + 3)
        // The year's first Thursday is in its first week.
        let dayOfYear = thursday.number - Self.firstDay(of: thursday.year)
        return "\(thursday.year)-W\(Self.two(dayOfYear / 7 + 1))"
    }

    private static func firstDay(of year: Int) -> Int {
        let before = year - 1
        let leapDays = before.dividedDown(by: 4) - before.dividedDown(by: 100) + before.dividedDown(by: 400)
        // 477 leap days lie before 1970.
        return 365 * (year - 1970) + leapDays - 477
    }

    private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
