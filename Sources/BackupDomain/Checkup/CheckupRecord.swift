package import FoundationEssentials

/// What the doctor found at the last checkup of an instance: one document of the catalog for each.
///
/// Whoever makes a checkup claims it here first, so that of several processes one makes it; where that one dies, another one
/// does after a quarter of an hour.
package struct CheckupRecord: CatalogDocument, Hashable {
    /// The newest format that this program reads, and the one that it writes.
    package static let currentVersion = 1
    /// How long a checkup that was begun is waited for.
    private static let patience = 900.0
    /// The least and the longest time until something that got worse is looked at again.
    private static let repetitions = 900.0...14_400.0

    /// The format's version.
    package private(set) var version = Self.currentVersion
    /// The instance's resource id.
    package private(set) var instance: ResourceID
    /// When the checkup that is under way was begun; nil where none is.
    package private(set) var begunAt: Date?
    /// When the last one was made; nil where none was.
    package private(set) var madeAt: Date?
    /// What is known of each check, in the order of the checks.
    package private(set) var results: [CheckResult] = []

    /// Creates the record of an instance that nobody has looked at.
    ///
    /// - Parameter instance: The instance's resource id.
    package init(instance: ResourceID) { self.instance = instance }

    /// Notes that a checkup begins.
    ///
    /// - Parameter now: The present instant.
    package mutating func begin(at now: Date) { self.begunAt = now.wholeSeconds }

    /// Takes in what the doctor found.
    ///
    /// A check that is not made any more is forgotten.
    ///
    /// - Parameters:
    ///   - observations: What each check came to.
    ///   - now: The present instant.
    package mutating func take(_ observations: [CheckObservation], at now: Date) {
        let at = now.wholeSeconds
        let known = Dictionary(self.results.map { ($0.check, $0) }) { first, _ in first }
        self.results = observations.map { observation in
            guard var result = known[observation.check] else { return CheckResult(observation, at: at) }
            result.take(observation, at: at)
            return result
        }
        self.begunAt = nil
        self.madeAt = at
    }

    /// The checks that stand worse than they did, or than they may: faults, and warnings where all was well before.
    package var worse: [CheckResult] { self.results.filter(\.isWorse) }

    /// When the next checkup is due.
    ///
    /// Where something got worse, that is soon: after a quarter of an hour first, then in as long as it has been so, four hours
    /// at the most, so that people hear when it is well again.
    ///
    /// - Parameters:
    ///   - times: The times of the daily checkup.
    ///   - now: The present instant.
    /// - Returns: The instant, which may have passed; nil where none comes.
    package func due(_ times: DueTimes, at now: Date) -> Date? {
        let next = self.next(times, at: now)
        guard let begunAt = self.begunAt, begunAt <= now else { return next }
        return next.map { max($0, begunAt + Self.patience) }
    }

    private func next(_ times: DueTimes, at now: Date) -> Date? {
        // A record from the future is one of another clock: it holds nobody back.
        guard let madeAt = self.madeAt, madeAt <= now else { return now }
        if let newest = times.newest(at: now).map(times.due), madeAt < newest { return newest }
        let again = self.worse.map(\.since).max().map { since in
            let age = madeAt.timeIntervalSince(since)
            return madeAt + min(max(age, Self.repetitions.lowerBound), Self.repetitions.upperBound)
        }
        return [times.dueNext(after: now), again].compactMap(\.self).min()
    }
}
