/// A moment that comes once a year, by the clocks of a zone.
///
/// Source: <https://pubs.opengroup.org/onlinepubs/9799919799/basedefs/V1_chap08.html> (TZ)
package struct YearlyMoment: Sendable, Hashable {
    /// How the day is named.
    package enum Day: Sendable, Hashable {
        /// The weekday (0 for Sunday) of a week of a month; week 5 is the last one that has it.
        case weekday(Int, week: Int, month: Int)
        /// The day of the year from 1 to 365; the 29th of February is not counted.
        case withoutLeapDay(Int)
        /// The day of the year from 0 to 365; the 29th of February is counted.
        case dayOfYear(Int)
    }

    /// The day.
    package var day: Day
    /// The time of day in seconds; it may be negative or more than a day.
    package var secondOfDay: Int

    /// Creates a moment.
    package init(_ day: Day, secondOfDay: Int) {
        self.day = day
        self.secondOfDay = secondOfDay
    }

    /// The moment in a year.
    ///
    /// - Parameter year: The year.
    /// - Returns: The second since 1970 by the zone's clocks.
    func second(in year: Int) -> Int { self.dayNumber(in: year) * 86_400 + self.secondOfDay }

    private func dayNumber(in year: Int) -> Int {
        let newYear = CalendarDay(year: year, month: 1).number
        switch self.day {
        case .dayOfYear(let day): return newYear + day
        case .withoutLeapDay(let day):
            let isLeap = CalendarDay(year: year, month: 3).number - newYear == 60
            return newYear + day - (isLeap && day >= 60 ? 0 : 1)
        case .weekday(let weekday, let week, let month):
            let first = CalendarDay(year: year, month: month)
            let wanted = first.number + (weekday - first.weekday + 7) % 7 + 7 * (week - 1)
            return wanted < first.nextMonth.number ? wanted : wanted - 7
        }
    }
}
