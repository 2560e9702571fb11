package import FoundationEssentials

extension InstanceWatch {
    /// How many of the newest times are looked at, and how many stretches of skipped ones are passed over for them.
    private static let newestTimes = 3
    private static let longestSearch = 100

    /// Takes over what a schedule makes us expect.
    ///
    /// Nothing earlier than the scheduler's first sight of the schedule is expected, and nothing that was skipped on purpose:
    /// a run that holds up the next ten is still the one to ask after.
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
        for _ in 0..<Self.longestSearch {
            guard let time = last, time > begin, self.expected?.count ?? 0 < Self.newestTimes else { return }
            let entry = history.entry(of: time)
            if entry?.outcome != .skipped { self.expected?.append(run(time)) }
            last = due.last(upTo: (entry?.outcome == .skipped ? entry?.from ?? time : time) - 1)
        }
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
