import FoundationEssentials

/// Decides what becomes of times that have passed.
struct DueDecision {
    let due: DueTimes
    /// When the schedule rested.
    let rests: [Range<Date>]
    /// Whether it rests now.
    let isResting: Bool
    let occupation: DuePlan.Occupation
    let now: Date

    /// Decides on all times of a stretch.
    ///
    /// - Parameters:
    ///   - start: The stretch's begin, which does not belong to it.
    ///   - newest: The newest time that is due.
    /// - Returns: What became of them, oldest first.
    func entries(after start: Date, upTo newest: Date) -> [ScheduleEntry] {
        let threshold = self.oldestToRun(newest, after: start)
        var entries: [ScheduleEntry] = []
        for piece in self.pieces(after: start, upTo: newest) {
            if piece.isRest {
                entries += self.skipped(after: piece.start, upTo: piece.end)
                continue
            }
            let split = threshold.map { min(max($0 - 1, piece.start), piece.end) } ?? piece.end
            entries += self.missed(after: piece.start, upTo: split, isSuperseded: threshold != nil)
            entries +=
                self.isResting
                ? self.skipped(after: split, upTo: piece.end) : self.kept(after: split, upTo: piece.end)
        }
        return self.limited(entries)
    }

    /// The oldest time that is still run for; nil where none is.
    private func oldestToRun(_ newest: Date, after start: Date) -> Date? {
        let schedule = self.due.schedule
        let window = schedule.catchUp == .none ? Schedule.punctuality : schedule.catchUpWindow
        func isInWindow(_ time: Date) -> Bool { self.due.due(time) >= self.now - window.timeInterval }
        guard isInWindow(newest) else { return nil }
        var oldest = newest
        guard schedule.catchUp == .all else { return oldest }
        for _ in 1..<Schedule.mostCaughtUp {
            guard let before = self.due.last(upTo: oldest - 1), before > start, isInWindow(before) else { break }
            oldest = before
        }
        return oldest
    }

    /// Divides a stretch where the schedule began or ceased to rest.
    private func pieces(after start: Date, upTo end: Date) -> [(start: Date, end: Date, isRest: Bool)] {
        var pieces: [(start: Date, end: Date, isRest: Bool)] = []
        var place = start
        for rest in self.rests where rest.upperBound > start && rest.lowerBound <= end {
            // A time at the first instant of a rest belongs to it, one at the first instant after it does not.
            let first = max(rest.lowerBound.nextSecond - 1, place)
            let last = min(rest.upperBound.nextSecond - 1, end)
            if place < first { pieces.append((place, first, false)) }
            if first < last { pieces.append((first, last, true)) }
            place = max(place, last)
        }
        if place < end { pieces.append((place, end, false)) }
        return pieces
    }

    private func skipped(after start: Date, upTo end: Date) -> [ScheduleEntry] {
        self.entry(after: start, upTo: end, .skipped, ScheduleReason(.paused, "The schedule was paused."))
    }

    private func missed(after start: Date, upTo end: Date, isSuperseded: Bool) -> [ScheduleEntry] {
        let schedule = self.due.schedule
        let reason: ScheduleReason =
            if schedule.catchUp == .none {
                ScheduleReason(.noCatchUp, "No scheduler was at work, and nothing is made up for (catchUp none).")
            } else if isSuperseded, schedule.catchUp == .latest {
                ScheduleReason(
                    .superseded,
                    "No scheduler was at work in time; of several such times the newest counts."
                )
            } else {
                ScheduleReason(
                    .tooLate,
                    "No scheduler was at work within \(schedule.catchUpWindow.formattedBriefly) after it."
                )
            }
        return self.entry(after: start, upTo: end, .missed, reason)
    }

    private func kept(after start: Date, upTo end: Date) -> [ScheduleEntry] {
        var entries: [ScheduleEntry] = []
        var place = start
        while let time = self.due.first(after: place), time <= end, entries.count < Schedule.mostCaughtUp {
            entries.append(ScheduleEntry(from: time, until: time, count: 1, outcome: .run, decidedAt: self.now))
            place = time
        }
        return entries
    }

    private func entry(
        after start: Date,
        upTo end: Date,
        _ outcome: ScheduleEntry.Outcome,
        _ reason: ScheduleReason
    ) -> [ScheduleEntry] {
        guard let span = self.due.span(after: start, upTo: end) else { return [] }
        return [
            ScheduleEntry(
                from: span.from,
                until: span.until,
                count: span.count,
                outcome: outcome,
                reason: reason,
                decidedAt: self.now
            )
        ]
    }

    /// Skips what may not begin because a run is under way.
    private func limited(_ entries: [ScheduleEntry]) -> [ScheduleEntry] {
        guard self.occupation != .free else { return entries }
        var mayWait = self.due.schedule.overlap == .queue && self.occupation == .underWay
        let isQueueing = self.due.schedule.overlap == .queue
        return entries.map { entry in
            guard entry.outcome == .run else { return entry }
            if mayWait {
                mayWait = false
                return entry
            }
            var skipped = entry
            skipped.outcome = .skipped
            skipped.reason =
                isQueueing
                ? ScheduleReason(.queueFull, "A run was under way, and another time waited for its end already.")
                : ScheduleReason(.underWay, "A run of the instance was under way.")
            return skipped
        }
    }
}

extension Date {
    /// The instant, moved on to a whole second where it is none: times are whole seconds.
    fileprivate var nextSecond: Date { Date(timeIntervalSince1970: self.timeIntervalSince1970.rounded(.up)) }
}
