import BackupDomain
import FoundationEssentials

/// What the history of a schedule must and must not say: each time that the schedule names has exactly one outcome.
extension Oracle {
    /// A history was written.
    ///
    /// - Returns: What it says, for the story.
    mutating func decided(_ document: IndentedJSON, at now: Int64) -> String {
        let text = HistoryText(document)
        let outcomes = self.outcomes(text, at: now)
        for (time, outcome) in self.decisions.sorted(by: { $0.key < $1.key }) {
            let isOrdered = outcome == "run" && self.history?.open.contains(time) == true
            guard outcomes[time] != outcome, !isOrdered || outcomes[time] == nil else { continue }
            self.violate(
                .everyTimeHasOneOutcome,
                "the time \(Self.text(time)) was decided as \(outcome) and is \(outcomes[time] ?? "forgotten") now",
                at: now
            )
        }
        for time in text.open where outcomes[time] != "run" {
            self.violate(
                .everyTimeHasOneOutcome,
                "\(Self.text(time)) is open, and no run was ordered for it",
                at: now
            )
        }
        self.decisions = outcomes
        self.ordered.formUnion(outcomes.filter { $0.value == "run" }.keys)
        self.history = text
        return "the times up to \(Self.text(text.decidedUntil)) are decided, \(text.open.count) open"
    }

    /// Takes a history apart, time by time: what it tells must be the schedule's own times, without a gap.
    private mutating func outcomes(_ text: HistoryText, at now: Int64) -> [Int: String] {
        guard let course = self.course else { return [:] }
        // What was due a moment before the schedule was first seen may still be kept.
        let begin = text.entries.first.map { min($0.from - 1, text.firstSeenAt) } ?? text.firstSeenAt
        var rest = course.times(after: begin, upTo: text.decidedUntil)[...]
        var outcomes: [Int: String] = [:]
        for entry in text.entries {
            let times = rest.prefix { $0 <= entry.until }
            rest = rest.dropFirst(times.count)
            if times.first != entry.from || times.last != entry.until || times.count != entry.count {
                self.violate(
                    .everyTimeHasOneOutcome,
                    "an entry tells of \(entry.count ?? 0) times from \(Self.text(entry.from)) to "
                        + "\(Self.text(entry.until)); the schedule names \(times.map(Self.text))",
                    at: now
                )
            }
            for time in times { outcomes[time] = entry.outcome }
        }
        if let time = rest.first {
            self.violate(.everyTimeHasOneOutcome, "the time \(Self.text(time)) has no outcome", at: now)
        }
        return outcomes
    }

    /// A record of a scheduled run was written: somebody must have ordered it.
    mutating func requireOrder(_ text: RecordText, at now: Int64) {
        guard self.course != nil, text.trigger == "schedule",
            let time = RunID(text: text.run)?.nominalAt
        else {
            return
        }
        let seconds = Int(time.timeIntervalSince1970)
        guard !self.ordered.contains(seconds) else { return }
        self.violate(
            .everyTimeHasOneOutcome,
            "a run began for \(Self.text(seconds)), which nobody ordered",
            at: now
        )
    }

    /// Looks at the schedule once no fault has struck for long enough.
    ///
    /// - Parameters:
    ///   - looked: When somebody looked last, in milliseconds since 1970.
    ///   - instance: The instance.
    ///   - now: The present.
    mutating func concludeSchedule(looked: Int64, _ instance: ResourceID, at now: Int64) {
        guard let course = self.course, let history = self.history else { return }
        for time in history.open {
            self.violate(
                .everyTimeHasOneOutcome,
                "the time \(Self.text(time)) stays open for ever",
                at: now
            )
        }
        let due = course.times(after: history.firstSeenAt, upTo: Int(looked / 1000) - course.delay)
        for time in due where self.decisions[time] == nil {
            self.violate(.everyTimeHasOneOutcome, "the time \(Self.text(time)) has no outcome", at: now)
        }
        for (time, outcome) in self.decisions.sorted(by: { $0.key < $1.key }) where outcome == "run" {
            let run = Self.run(time, of: instance)
            guard self.outcome(of: run) == nil else { continue }
            self.violate(
                .everyTimeHasOneOutcome,
                "the run of \(Self.text(time)) has no final record",
                at: now
            )
        }
        // What nobody makes up for may have been missed also without any fault.
        guard course.schedule.catchUp != .none, let last = due.last else { return }
        self.concludeNotices(at: now)
        if self.outcome(of: Self.run(last, of: instance)) != "verified" {
            self.violate(
                .everythingEnds,
                "the last time, which no fault touched, was not backed up",
                at: now
            )
        }
    }

    private static func run(_ time: Int, of instance: ResourceID) -> String {
        RunID(instance: instance, nominalAt: Date(timeIntervalSince1970: Double(time))).text
    }

    private static func text(_ time: Int) -> String { WireDate.story(Int64(time) * 1000) }
}
