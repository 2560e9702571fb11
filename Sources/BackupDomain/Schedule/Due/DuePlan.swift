package import FoundationEssentials

/// What becomes of the times of an instance's schedule that have passed and are not decided yet, and when to look again.
///
/// A function of values: whoever decides writes ``entries`` down, under the condition that nobody else has meanwhile, and then
/// begins ``runs``. However long nobody looked, the work is bounded: times are looked up from both sides, not counted through.
package struct DuePlan: Sendable, Hashable {
    /// Whether a run of the instance is under way in this process.
    package enum Occupation: Sendable, Hashable {
        /// None is.
        case free
        /// One is.
        case underWay
        /// One is, and a time waits for its end.
        case queued
    }

    /// What became of the times, oldest first; empty where none is due.
    package private(set) var entries: [ScheduleEntry] = []
    /// The times whose runs are to begin, oldest first, one after the other.
    package private(set) var runs: [Date] = []
    /// All times up to here are decided by the entries.
    package private(set) var decidedUntil: Date
    /// When the next time is due, its delay included; nil where none comes within 50 years.
    package private(set) var nextAt: Date?

    /// Decides.
    ///
    /// - Parameters:
    ///   - schedule: The instance's schedule.
    ///   - zone: The rules of its zone.
    ///   - history: What is decided already; of the same schedule.
    ///   - pauses: The pauses of the schedule.
    ///   - occupation: Whether a run of the instance is under way in this process.
    ///   - now: The present instant.
    package init(
        _ schedule: Schedule,
        zone: TimeZoneRules,
        history: ScheduleHistory,
        pauses: PauseHistory?,
        occupation: Occupation = .free,
        at now: Date
    ) {
        let due = DueTimes(schedule, zone: zone, instance: history.instance)
        self.decidedUntil = history.decidedUntil
        if let newest = due.newest(at: now), newest > history.decidedUntil {
            let decision = DueDecision(
                due: due,
                rests: pauses?.rests ?? [],
                isResting: pauses?.pause(at: now) != nil,
                occupation: occupation,
                now: now
            )
            self.entries = decision.entries(after: history.decidedUntil, upTo: newest)
            self.runs = self.entries.filter { $0.outcome == .run }.map(\.from)
            self.decidedUntil = newest
        }
        self.nextAt = due.next(after: self.decidedUntil)
    }
}
