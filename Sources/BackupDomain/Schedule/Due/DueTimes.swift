package import FoundationEssentials

/// The times of one instance's schedule with their delays: when each is due.
package struct DueTimes: Sendable {
    /// The schedule.
    package let schedule: Schedule
    /// The instance.
    package let instance: ResourceID
    private let times: NominalTimes

    /// Creates the times.
    ///
    /// - Parameters:
    ///   - schedule: The schedule.
    ///   - zone: The rules of its zone.
    ///   - instance: The instance, on which the delays depend.
    package init(_ schedule: Schedule, zone: TimeZoneRules, instance: ResourceID) {
        self.schedule = schedule
        self.times = NominalTimes(schedule.timing, zone: zone)
        self.instance = instance
    }

    /// When a time is due.
    ///
    /// - Parameter time: The nominal time.
    /// - Returns: The time with its delay.
    package func due(_ time: Date) -> Date { time + self.schedule.delay(of: self.instance, at: time).timeInterval }

    /// When the first time after an instant is due.
    ///
    /// - Parameter instant: The instant.
    /// - Returns: The time with its delay; nil where none comes within 50 years.
    package func next(after instant: Date) -> Date? { self.first(after: instant).map(self.due) }

    /// When something is due next: a time that has come and waits for its delay, or the first one after that.
    ///
    /// - Parameter instant: The instant, which does not count itself.
    /// - Returns: When the time is due, its delay included; nil where none comes within 50 years.
    package func dueNext(after instant: Date) -> Date? {
        // Delays are shorter than the distance of two times, so no other one can be waiting.
        if let last = self.last(upTo: instant).map(self.due), last > instant { return last }
        return self.next(after: instant)
    }

    /// The newest time that is due.
    ///
    /// - Parameter now: The present instant.
    /// - Returns: The nominal time; nil where none was due within 50 years.
    package func newest(at now: Date) -> Date? {
        // Delays are shorter than the distance of two times, so the one before the last is due for sure.
        guard let last = self.last(upTo: now) else { return nil }
        return self.due(last) <= now ? last : self.last(upTo: last - 1)
    }

    /// Up to where times are of no account for a scheduler that sees the schedule for the first time.
    ///
    /// - Parameter now: The present instant.
    /// - Returns: The instant before the newest time where it was due a moment ago, else the newest time.
    func begin(at now: Date) -> Date {
        guard let newest = self.newest(at: now) else { return now.wholeSeconds }
        return self.due(newest) >= now - Schedule.punctuality.timeInterval ? newest - 1 : newest
    }

    func first(after instant: Date) -> Date? { self.times.first(after: instant)?.at }

    func last(upTo instant: Date) -> Date? { self.times.last(upTo: instant)?.at }

    /// Describes all times of a stretch in one entry.
    ///
    /// - Parameters:
    ///   - start: The stretch's begin, which does not belong to it.
    ///   - end: Its end, which does.
    /// - Returns: The first and the last time and how many there are; nil where there is none.
    func span(after start: Date, upTo end: Date) -> (from: Date, until: Date, count: Int?)? {
        guard start < end, let first = self.first(after: start), first <= end, let last = self.last(upTo: end) else {
            return nil
        }
        return (first, last, self.count(from: first, upTo: last))
    }

    private func count(from first: Date, upTo last: Date) -> Int? {
        var count = 1
        var time = first
        while time < last, let next = self.first(after: time) {
            count += 1
            guard count <= ScheduleEntry.mostCounted else { return nil }
            time = next
        }
        return count
    }
}
