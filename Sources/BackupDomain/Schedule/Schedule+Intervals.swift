package import FoundationEssentials

extension Schedule {
    /// How many intervals the longest one is looked for among.
    private static let intervals = 16

    /// The longest that two backups are apart by the schedule, around an instant.
    ///
    /// - Parameters:
    ///   - zone: The rules of the schedule's zone.
    ///   - now: The present instant.
    /// - Returns: The longest of the 16 intervals from the one before the newest time on, and the delay besides; nil where no
    ///   two times follow each other.
    package func longestInterval(zone: TimeZoneRules, around now: Date) -> Duration? {
        let times = NominalTimes(self.timing, zone: zone)
        // The newest backup may be of the time before the newest one: the run of that is under way.
        let newest = times.last(upTo: now)
        guard var time = (newest.flatMap { times.last(upTo: $0.at - 1) } ?? newest ?? times.first(after: now))?.at
        else {
            return nil
        }
        var longest: TimeInterval?
        for _ in 0..<Self.intervals {
            guard let next = times.first(after: time)?.at else { break }
            longest = max(longest ?? 0, next.timeIntervalSince(time))
            time = next
        }
        return longest.map { .seconds($0) + self.jitter }
    }

    /// The shortest distance of two times that follow each other, as far as the first few hundred tell.
    package var shortestDistance: Duration {
        switch self.timing {
        case .every(let seconds): return .seconds(seconds)
        case .cron:
            let times = NominalTimes(self.timing, zone: .utc)
            var (time, shortest) = (Date(timeIntervalSince1970: 0), TimeInterval.infinity)
            for number in 0..<300 {
                guard let next = times.first(after: time)?.at else { break }
                if number > 0 { shortest = min(shortest, next.timeIntervalSince(time)) }
                time = next
            }
            return .seconds(shortest.isFinite ? shortest : NominalTimes.horizon.timeInterval)
        }
    }
}
