package import BackupDomain
package import FoundationEssentials

/// When each instance is to be looked at next: the scheduler's decisions, as a function of the present instant.
///
/// What is due is only a reason to look: what becomes of a time is decided by the catalog's history. So nothing is lost or
/// done twice where the clock is set, in either direction.
package struct Timetable: Sendable {
    /// The longest that the scheduler sleeps: a clock that was set is noticed after that.
    package static let longestSleep = Duration.seconds(300)

    /// An instance that is to be looked at.
    package struct Due: Sendable, Hashable {
        /// The instance's key.
        package var instance: InstanceKey
        /// When it was due.
        package var at: Date

        /// Creates a value.
        package init(instance: InstanceKey, at: Date) {
            self.instance = instance
            self.at = at
        }
    }

    private struct Row {
        var times: DueTimes
        var nextAt: Date?
        /// When somebody asked to look again, whatever the schedule says.
        var againAt: Date?

        /// The sooner of the two.
        var at: Date? {
            guard let next = self.nextAt, let again = self.againAt else { return self.nextAt ?? self.againAt }
            return min(next, again)
        }
    }

    private var rows: [InstanceKey: Row] = [:]

    /// Creates a timetable without an instance.
    package init() {}

    /// How many instances there are.
    package var count: Int { self.rows.count }

    /// When the next instance is due; nil where none is.
    package var nextAt: Date? { self.rows.values.compactMap(\.at).min() }

    /// When an instance is due next.
    ///
    /// - Parameter instance: The instance's key.
    /// - Returns: The instant; nil where it has no schedule.
    package func nextAt(of instance: InstanceKey) -> Date? { self.rows[instance]?.at }

    /// Takes other schedules in place of those that it has.
    ///
    /// Every instance is due at once: what has passed meanwhile, and what another process left behind, is seen to.
    ///
    /// - Parameters:
    ///   - times: The due times by the instance's key.
    ///   - now: The present instant.
    package mutating func replace(with times: [InstanceKey: DueTimes], at now: Date) {
        self.rows = [:]
        self.add(times, at: now)
    }

    /// Takes further instances; each is due at once.
    ///
    /// - Parameters:
    ///   - times: The due times by the instance's key.
    ///   - now: The present instant.
    package mutating func add(_ times: [InstanceKey: DueTimes], at now: Date) {
        for (instance, times) in times {
            self.rows[instance] = Row(times: times, nextAt: times.next(after: now), againAt: now)
        }
    }

    /// Asks to look at an instance again.
    ///
    /// - Parameters:
    ///   - instance: The instance's key.
    ///   - instant: When.
    package mutating func lookAgain(at instance: InstanceKey, from instant: Date) {
        guard let row = self.rows[instance] else { return }
        self.rows[instance]?.againAt = row.againAt.map { min($0, instant) } ?? instant
    }

    /// Takes all that is due.
    ///
    /// - Parameter now: The present instant.
    /// - Returns: The instances, the one that has waited longest first; each is due again at its next time.
    package mutating func take(at now: Date) -> [Due] {
        var due: [Due] = []
        for (instance, row) in self.rows {
            // A clock that was set back brings times again that are done with; the next one must not wait for that.
            let next = row.times.next(after: now)
            guard let at = row.at, at <= now else {
                if let next, row.nextAt.map({ next < $0 }) ?? true { self.rows[instance]?.nextAt = next }
                continue
            }
            due.append(Due(instance: instance, at: at))
            self.rows[instance]?.againAt = nil
            self.rows[instance]?.nextAt = next
        }
        return due.sorted { ($0.at, $0.instance) < ($1.at, $1.instance) }
    }

    /// How long to sleep.
    ///
    /// - Parameter now: The present instant.
    /// - Returns: Until the next instance is due, and no longer than ``longestSleep``; at least a millisecond.
    package func sleep(at now: Date) -> Duration {
        guard let next = self.nextAt else { return Self.longestSleep }
        let wait = Duration.seconds(next.timeIntervalSince(now))
        return min(max(wait, .milliseconds(1)), Self.longestSleep)
    }
}
