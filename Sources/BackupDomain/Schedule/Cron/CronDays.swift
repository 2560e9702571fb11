/// The days that a cron expression names: by their place in the month, by their weekday, or by both.
struct CronDays: Sendable, Hashable {
    /// Every day.
    static let all = Self(ofMonth: (1 << 32) - 2, ofWeek: (1 << 7) - 1)

    /// The days of the month, one bit each from bit 1.
    var ofMonth: UInt64 = 0
    /// Whether the month's last day is named.
    var hasLast = false
    /// Whether the month's last day from Monday to Friday is named.
    var hasLastWeekday = false
    /// The weekdays, one bit each from Sunday at bit 0.
    var ofWeek: UInt64 = 0
    /// The weekdays that are named for their last place in the month.
    var lastOfWeek: UInt64 = 0
    /// The weekdays that are named for one place in the month: bit `7 * (place - 1) + weekday`.
    var placesOfWeek: UInt64 = 0
    /// Whether one of the two fields begins with `*`: then both must hold, else one is enough.
    var needsBoth = true

    /// Whether a day is among them.
    ///
    /// - Parameter day: The day.
    /// - Returns: Whether it is.
    func contains(_ day: CalendarDay) -> Bool {
        let isDayOfMonth = self.containsByMonth(day)
        // Most days are decided by one of the two.
        if self.needsBoth != isDayOfMonth { return !self.needsBoth }
        return self.containsByWeek(day)
    }

    private func containsByMonth(_ day: CalendarDay) -> Bool {
        if self.ofMonth.has(day.day) { return true }
        guard self.hasLast || self.hasLastWeekday, day.day >= 26 else { return false }
        let daysLeft = day.nextMonth.number - day.number - 1
        if self.hasLast, daysLeft == 0 { return true }
        // A Friday is the last weekday also where a Saturday, or that and a Sunday, follow.
        return self.hasLastWeekday && (1...5).contains(day.weekday)
            && (daysLeft == 0 || day.weekday == 5 && daysLeft <= 2)
    }

    private func containsByWeek(_ day: CalendarDay) -> Bool {
        let weekday = day.weekday
        if self.ofWeek.has(weekday) { return true }
        if self.placesOfWeek != 0, self.placesOfWeek.has((day.day - 1) / 7 * 7 + weekday) { return true }
        guard self.lastOfWeek.has(weekday) else { return false }
        return day.nextMonth.number - day.number <= 7
    }
}

extension UInt64 {
    /// Whether a bit is set.
    ///
    /// - Parameter bit: Its place, from 0 to 63.
    /// - Returns: Whether it is.
    func has(_ bit: Int) -> Bool { self & (1 << UInt64(bit)) != 0 }

    /// Sets a bit.
    ///
    /// - Parameter bit: Its place, from 0 to 63.
    mutating func set(_ bit: Int) { self |= 1 << UInt64(bit) }

    /// The first bit that is set at a place or after it; nil where there is none.
    ///
    /// - Parameter place: The place to begin at, from 0.
    /// - Returns: The bit's place.
    func first(from place: Int) -> Int? {
        guard place < 64 else { return nil }
        let rest = self & (.max << UInt64(place))
        return rest == 0 ? nil : rest.trailingZeroBitCount
    }

    /// The last bit that is set at a place or before it; nil where there is none.
    ///
    /// - Parameter place: The place to begin at; negative where there is none before it.
    /// - Returns: The bit's place.
    func last(upTo place: Int) -> Int? {
        guard place >= 0 else { return nil }
        let rest = place >= 63 ? self : self & ((1 << UInt64(place + 1)) - 1)
        return rest == 0 ? nil : 63 - rest.leadingZeroBitCount
    }
}
