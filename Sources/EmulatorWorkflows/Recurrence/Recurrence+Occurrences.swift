import EmulatorExpressions
import EmulatorRuntime
package import Foundation

extension Recurrence {
    /// The next time at which the trigger fires.
    ///
    /// - Parameters:
    ///   - instant: The occurrence lies behind it.
    ///   - active: Since when the trigger has been there; without a start time it fires then first.
    /// - Returns: The instant; nil where there is none any more.
    package func next(after instant: Date, activeSince active: Date) -> Date? {
        let beginning = self.start.map { self.instant(of: $0) } ?? active
        if self.start == nil, active > instant { return active }
        let instant = max(instant, active)
        let found =
            switch self.frequency {
            case .second, .minute, .hour: self.tick(after: instant, from: beginning)
            case .day, .week, .month: self.day(after: instant, from: beginning)
            }
        guard let found, let end = self.end.map({ self.instant(of: $0) }), found > end else { return found }
        return nil
    }

    private func instant(of time: Timestamp) -> Date {
        time.offsetMinutes == nil ? self.zone.instant(ofLocalTicks: time.localTicks) : time.date
    }

    private func tick(after instant: Date, from beginning: Date) -> Date? {
        let unit: Double =
            switch self.frequency {
            case .second: 1
            case .minute: 60
            default: 3600
            }
        let step = unit * Double(self.interval)
        let passed = instant.timeIntervalSince(beginning)
        if passed < 0 { return beginning }
        return beginning.addingTimeInterval(((passed / step).rounded(.down) + 1) * step)
    }

    private func day(after instant: Date, from beginning: Date) -> Date? {
        let anchor = self.zone.local(beginning).parts
        let hours = self.hours.isEmpty ? [anchor.hour] : self.hours
        let minutes = self.minutes.isEmpty ? [anchor.minute] : self.minutes
        // A schedule fires at full minutes; without one the start's seconds count.
        let hasSchedule = !(self.hours.isEmpty && self.minutes.isEmpty)
        let rest = hasSchedule ? 0 : anchor.second * Timestamp.second + anchor.ticks
        let first = max(anchor.daysSinceEpoch, self.zone.local(instant).parts.daysSinceEpoch - 1)
        // The longest pause between two days that fit is sixteen months; a 31st may make it longer.
        for day in first...(first + 16 * 31 * 8) where self.isDue(day, anchor) {
            let times = hours.flatMap { hour in minutes.map { hour * 3600 + $0 * 60 } }
            let instants = times.map { seconds in
                self.zone.instant(ofLocalTicks: day * Timestamp.day + seconds * Timestamp.second + rest)
            }
            if let found = instants.sorted().first(where: { $0 > instant && $0 >= beginning }) { return found }
        }
        return nil
    }

    private func isDue(_ day: Int, _ anchor: CalendarInstant) -> Bool {
        let parts = CalendarInstant(ticksSinceEpoch: day * Timestamp.day)
        switch self.frequency {
        case .week:
            let weekDays = self.weekDays.isEmpty ? [anchor.weekday] : self.weekDays
            let weeks = ((day - parts.weekday) - (anchor.daysSinceEpoch - anchor.weekday)) / 7
            return weeks % self.interval == 0 && weekDays.contains(parts.weekday)
        case .month:
            let monthDays = self.monthDays.isEmpty ? [anchor.day] : self.monthDays
            let months = (parts.year - anchor.year) * 12 + parts.month - anchor.month
            return months % self.interval == 0 && monthDays.contains(parts.day)
        default:
            let isWeekDay = self.weekDays.isEmpty || self.weekDays.contains(parts.weekday)
            return (day - anchor.daysSinceEpoch) % self.interval == 0 && isWeekDay
        }
    }
}
