package import FoundationEssentials

/// What became of the times of an instance's schedule, oldest first, as it is kept in the catalog.
///
/// Every time of the schedule between ``firstSeenAt`` and ``decidedUntil`` has exactly one outcome: that of its run's record
/// where it has one, else that of the entry here. Who decides writes under the condition that nobody else has since.
package struct ScheduleHistory: CatalogDocument, Hashable {
    /// The newest format that this program reads, and the one that it writes.
    package static let currentVersion = 1
    /// The most entries that are kept; the oldest go first, and their runs keep their records.
    package static let mostEntries = 500

    /// The most times that are open at once; for the oldest beyond that no run is to begin any more.
    package static let mostOpen = 200

    /// The format's version.
    package private(set) var version = Self.currentVersion
    /// The instance's resource id.
    package private(set) var instance: ResourceID
    /// When the first scheduler saw a schedule of this instance: nothing earlier is missed.
    package private(set) var firstSeenAt: Date
    /// What the times depended on when they were last decided.
    package private(set) var schedule: RecordedTiming
    /// All times up to here are decided.
    package private(set) var decidedUntil: Date
    /// The times whose runs were ordered and have not been seen to end, oldest first.
    package private(set) var open: [Date]
    /// What became of the times, oldest first.
    package private(set) var entries: [ScheduleEntry]

    /// Begins a history.
    ///
    /// The newest time is still kept where it was due within ``Schedule/punctuality``: a timer that fires at a time sees the
    /// schedule a moment after it. Nothing else from before is of any account.
    ///
    /// - Parameters:
    ///   - due: The times of the instance's schedule.
    ///   - now: The present instant.
    package init(_ due: DueTimes, at now: Date) {
        self.instance = due.instance
        self.schedule = RecordedTiming(due.schedule)
        self.firstSeenAt = now.wholeSeconds
        self.decidedUntil = due.begin(at: now)
        self.open = []
        self.entries = []
    }

    /// Goes on with another schedule: its times count from now on.
    ///
    /// Times of the former one that nobody decided are written down as missed.
    ///
    /// - Parameters:
    ///   - due: The times of the new schedule.
    ///   - formerZone: The rules of the zone of ``schedule``; nil where there is none any more, and then nothing is known of
    ///     the former times.
    ///   - now: The present instant.
    package mutating func change(to due: DueTimes, formerZone: TimeZoneRules?, at now: Date) {
        let start = max(self.decidedUntil, due.begin(at: now))
        if let timing = self.schedule.timing, let formerZone {
            let former = DueTimes(Schedule(timing: timing), zone: formerZone, instance: self.instance)
            if let span = former.span(after: self.decidedUntil, upTo: start) {
                let entry = ScheduleEntry(
                    from: span.from,
                    until: span.until,
                    count: span.count,
                    outcome: .missed,
                    reason: ScheduleReason(
                        .scheduleChanged,
                        "No scheduler was at work, and the schedule is another one now."
                    ),
                    decidedAt: now
                )
                self.decide([entry], until: span.until)
            }
        }
        self.schedule = RecordedTiming(due.schedule)
        self.decidedUntil = start
    }

    /// Whether the times are still those of a schedule.
    ///
    /// - Parameter schedule: The schedule.
    /// - Returns: Whether it names the same times.
    package func isOf(_ schedule: Schedule) -> Bool { self.schedule == RecordedTiming(schedule) }

    /// Writes down what was decided.
    ///
    /// - Parameters:
    ///   - entries: What became of the times after ``decidedUntil``, oldest first.
    ///   - until: All times up to here are decided.
    package mutating func decide(_ entries: [ScheduleEntry], until: Date) {
        for entry in entries {
            if entry.outcome == .run { self.open.append(entry.from) }
            if let last = self.entries.indices.last, self.entries[last].takeIn(entry) { continue }
            self.entries.append(entry)
        }
        for time in self.open.prefix(max(0, self.open.count - Self.mostOpen)) {
            let reason = ScheduleReason(
                .tooLate,
                "Its run was ordered, and \(Self.mostOpen) newer ones before it began."
            )
            self.close(
                time,
                as: ScheduleEntry(from: time, until: time, count: 1, outcome: .missed, reason: reason, decidedAt: until)
            )
        }
        self.entries.removeFirst(max(0, self.entries.count - Self.mostEntries))
        self.decidedUntil = max(self.decidedUntil, until)
    }

    /// Writes down that a time whose run was ordered needs nobody's care any more.
    ///
    /// - Parameters:
    ///   - time: The time.
    ///   - entry: What became of it in place of a run; nil where its run's record tells.
    package mutating func close(_ time: Date, as entry: ScheduleEntry? = nil) {
        // Another process may have seen to it since the caller looked: what that one wrote stays.
        guard let place = self.open.firstIndex(of: time) else { return }
        self.open.remove(at: place)
        guard let entry, let index = self.entries.firstIndex(where: { $0.outcome == .run && $0.from == time }) else {
            return
        }
        self.entries[index] = entry
    }

    /// What was left out after an instant, before the next run was ordered.
    ///
    /// - Parameter instant: The instant, which does not count itself.
    /// - Returns: The entries, oldest first.
    package func leftOut(after instant: Date) -> [ScheduleEntry] {
        Array(self.entries.drop { $0.until <= instant }.prefix { $0.outcome != .run })
    }

    /// The newest entry, where no run was ordered for its times or none could begin; nil where the newest one is a run.
    package var newestLeftOut: ScheduleEntry? { self.entries.last.flatMap { $0.outcome == .run ? nil : $0 } }

    /// The entry of a time.
    ///
    /// - Parameter time: The nominal time.
    /// - Returns: The entry that it belongs to; nil where it is not decided, or was so long ago.
    package func entry(of time: Date) -> ScheduleEntry? {
        self.entries.last { $0.from <= time && time <= $0.until }
    }
}
