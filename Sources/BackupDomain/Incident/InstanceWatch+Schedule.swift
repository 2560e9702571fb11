package import FoundationEssentials

extension InstanceWatch {
    /// How many of the newest times are looked at.
    private static let newestTimes = 3
    /// How many gaps the longest one is looked for among.
    private static let gaps = 16

    /// Takes over what a schedule makes us expect.
    ///
    /// Nothing earlier than the scheduler's first sight of the schedule is expected.
    ///
    /// - Parameters:
    ///   - schedule: The instance's schedule.
    ///   - zone: The rules of its zone.
    ///   - history: What became of its times; nil where no scheduler has seen it.
    ///   - now: The present instant.
    package mutating func expect(_ schedule: Schedule, zone: TimeZoneRules, history: ScheduleHistory?, at now: Date) {
        let due = DueTimes(schedule, zone: zone, instance: self.instance)
        func run(_ time: Date) -> ExpectedRun {
            ExpectedRun(
                nominalAt: time,
                startsAt: due.due(time),
                disposition: history?.entry(of: time).flatMap(ExpectedRun.Disposition.init)
            )
        }
        self.next = due.first(after: now).map(run)
        self.expected = []
        // The times of another schedule are none of this one's: its scheduler writes down where they begin.
        guard let history, history.isOf(schedule) else { return }
        let begin = history.firstSeenAt - Schedule.punctuality.timeInterval
        var last = due.last(upTo: now)
        while let time = last, time > begin, self.expected?.count ?? 0 < Self.newestTimes {
            self.expected?.append(run(time))
            last = due.last(upTo: time - 1)
        }
    }

    /// The longest that two times of a schedule are apart in the near future.
    ///
    /// - Parameters:
    ///   - schedule: The schedule.
    ///   - zone: The rules of its zone.
    ///   - now: The present instant.
    /// - Returns: The longest of the next 16 gaps; nil where no two times follow each other.
    package static func longestGap(of schedule: Schedule, zone: TimeZoneRules, from now: Date) -> Duration? {
        let times = NominalTimes(schedule.timing, zone: zone)
        guard var time = times.last(upTo: now)?.at ?? times.first(after: now)?.at else { return nil }
        var longest: TimeInterval?
        for _ in 0..<Self.gaps {
            guard let next = times.first(after: time)?.at else { break }
            longest = max(longest ?? 0, next.timeIntervalSince(time))
            time = next
        }
        return longest.map { .seconds($0) }
    }
}

extension ExpectedRun.Disposition {
    /// What an entry of the history says; nil where the run's record says it.
    fileprivate init?(_ entry: ScheduleEntry) {
        switch entry.outcome {
        case .run: return nil
        case .skipped: self = .skipped
        case .missed: self = .missed(entry.reason?.text ?? "")
        case .failed: self = .failed(entry.reason?.text ?? "")
        }
    }
}
