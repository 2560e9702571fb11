package import BackupDomain
package import FoundationEssentials
import HeapModule

/// When each instance is to be looked at next: the scheduler's decisions, as a function of the present instant.
///
/// What is due is only a reason to look: what becomes of a time is decided by the catalog's history. So nothing is lost or
/// done twice where the clock is set, in either direction. A look takes as long as what is due, however many instances there are.
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

    /// One instance's place in the order of times; an outdated one stays until it comes up, or until too many have.
    private struct Place: Comparable {
        var at: Date
        var instance: InstanceKey

        static func < (left: Place, right: Place) -> Bool {
            (left.at, left.instance) < (right.at, right.instance)
        }
    }

    private var rows: [InstanceKey: Row] = [:]
    /// The places of all rows, the earliest one never outdated.
    private var order = Heap<Place>()
    /// The latest instant that rows went by.
    private var seenAt: Date?

    /// Creates a timetable without an instance.
    package init() {}

    /// How many instances there are.
    package var count: Int { self.rows.count }

    /// When the next instance is due; nil where none is.
    package var nextAt: Date? { self.order.min?.at }

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
        self.order = []
        self.add(times, at: now)
    }

    /// Takes further instances; each is due at once.
    ///
    /// - Parameters:
    ///   - times: The due times by the instance's key.
    ///   - now: The present instant.
    package mutating func add(_ times: [InstanceKey: DueTimes], at now: Date) {
        self.seenAt = max(self.seenAt ?? now, now)
        for (instance, times) in times {
            self.rows[instance] = Row(times: times, nextAt: times.dueNext(after: now), againAt: now)
            self.file(instance)
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
        self.file(instance)
    }

    /// Takes all that is due.
    ///
    /// - Parameter now: The present instant.
    /// - Returns: The instances, the one that has waited longest first; each is due again at its next time.
    package mutating func take(at now: Date) -> [Due] {
        if let seenAt = self.seenAt, now < seenAt { self.orderAnew(at: now) }
        self.seenAt = now
        var due: [Due] = []
        while let place = self.order.min, place.at <= now, let row = self.rows[place.instance] {
            due.append(Due(instance: place.instance, at: place.at))
            self.rows[place.instance]?.againAt = nil
            self.rows[place.instance]?.nextAt = row.times.dueNext(after: now)
            self.file(place.instance)
        }
        return due
    }

    /// Gives an instance the place that its row asks for, and clears away what is outdated in front.
    private mutating func file(_ instance: InstanceKey) {
        if let at = self.rows[instance]?.at { self.order.insert(Place(at: at, instance: instance)) }
        while let first = self.order.min, self.rows[first.instance]?.at != first.at { self.order.removeMin() }
        // Who asks again and again leaves outdated places behind.
        if self.order.count > 2 * self.rows.count + 64 { self.order = Heap(self.places) }
    }

    private var places: [Place] {
        self.rows.compactMap { instance, row in row.at.map { Place(at: $0, instance: instance) } }
    }

    /// A clock that was set back brings times again that are done with; the next one must not wait for that.
    private mutating func orderAnew(at now: Date) {
        for (instance, row) in self.rows {
            guard let next = row.times.dueNext(after: now), row.nextAt.map({ next < $0 }) ?? true else { continue }
            self.rows[instance]?.nextAt = next
        }
        self.order = Heap(self.places)
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
