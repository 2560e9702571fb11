extension CronExpression {
    static let minutesOfDay = 1440

    /// Finds the first minute that the expression names.
    ///
    /// - Parameter minutes: Where to look, in minutes since 1970 of whatever clock is meant.
    /// - Returns: The minute; nil where none of these is named.
    func first(in minutes: Range<Int>) -> Int? {
        guard var day = self.day(of: minutes.first) else { return nil }
        while day.number * Self.minutesOfDay < minutes.upperBound {
            if !self.months.has(day.month) {
                day = day.nextMonth
                continue
            }
            let midnight = day.number * Self.minutesOfDay
            if self.days.contains(day), let found = self.firstTime(from: max(0, minutes.lowerBound - midnight)) {
                let minute = midnight + found
                return minute < minutes.upperBound ? minute : nil
            }
            day = CalendarDay(number: day.number + 1)
        }
        return nil
    }

    /// Finds the last minute that the expression names.
    ///
    /// - Parameter minutes: Where to look, in minutes since 1970 of whatever clock is meant.
    /// - Returns: The minute; nil where none of these is named.
    func last(in minutes: Range<Int>) -> Int? {
        guard var day = self.day(of: minutes.last) else { return nil }
        while (day.number + 1) * Self.minutesOfDay > minutes.lowerBound {
            if !self.months.has(day.month) {
                day = CalendarDay(number: day.number - day.day)
                continue
            }
            let midnight = day.number * Self.minutesOfDay
            let latest = min(minutes.upperBound - midnight, Self.minutesOfDay) - 1
            if self.days.contains(day), let found = self.lastTime(upTo: latest) {
                let minute = midnight + found
                return minute >= minutes.lowerBound ? minute : nil
            }
            day = CalendarDay(number: day.number - 1)
        }
        return nil
    }

    private func day(of minute: Int?) -> CalendarDay? {
        minute.map { CalendarDay(number: $0.dividedDown(by: Self.minutesOfDay)) }
    }

    /// The first time of a day, in minutes since its midnight.
    private func firstTime(from minute: Int) -> Int? {
        guard minute < Self.minutesOfDay else { return nil }
        let hour = minute / 60
        if self.hours.has(hour), let found = self.minutes.first(from: minute % 60) { return hour * 60 + found }
        guard let next = self.hours.first(from: hour + 1), let found = self.minutes.first(from: 0) else { return nil }
        return next * 60 + found
    }

    /// The last time of a day, in minutes since its midnight.
    private func lastTime(upTo minute: Int) -> Int? {
        guard minute >= 0 else { return nil }
        let hour = minute / 60
        if self.hours.has(hour), let found = self.minutes.last(upTo: minute % 60) { return hour * 60 + found }
        guard let before = self.hours.last(upTo: hour - 1), let found = self.minutes.last(upTo: 59) else { return nil }
        return before * 60 + found
    }
}
