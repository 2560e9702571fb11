package import FoundationEssentials

/// All pauses of an instance's schedule, oldest first, as they are kept in the catalog.
package struct PauseHistory: CatalogDocument, Hashable {
    /// The newest format that this program reads, and the one that it writes.
    package static let currentVersion = 1
    /// The most pauses that are kept; the oldest go first.
    package static let mostPauses = 200

    /// The format's version.
    package private(set) var version = Self.currentVersion
    /// The instance's resource id.
    package private(set) var instance: ResourceID
    /// The pauses, oldest first.
    package private(set) var pauses: [SchedulePause] = []

    /// Creates a history without a pause.
    ///
    /// - Parameter instance: The instance's resource id.
    package init(instance: ResourceID) { self.instance = instance }

    /// The pause that is in force.
    ///
    /// - Parameter now: The present instant.
    /// - Returns: The one that lasts longest; nil where the schedule is not paused.
    package func pause(at now: Date) -> SchedulePause? {
        self.pauses.filter { $0.isInForce(at: now) }.max { $0.until < $1.until }
    }

    /// When the schedule rested, or is to rest, oldest first: stretches that do not touch each other.
    package var rests: [Range<Date>] {
        let rests = self.pauses.map(\.rest).filter { !$0.isEmpty }.sorted { $0.lowerBound < $1.lowerBound }
        return rests.reduce(into: []) { merged, rest in
            if let last = merged.last, rest.lowerBound <= last.upperBound {
                merged[merged.count - 1] = last.lowerBound..<max(last.upperBound, rest.upperBound)
            } else {
                merged.append(rest)
            }
        }
    }

    /// Adds a pause, which takes the place of one that is in force.
    ///
    /// - Parameter pause: The new pause.
    package mutating func add(_ pause: SchedulePause) {
        self.end(at: pause.pausedAt, by: pause.by)
        self.pauses.append(pause)
        self.pauses.removeFirst(max(0, self.pauses.count - Self.mostPauses))
    }

    /// Ends whatever pause is in force.
    ///
    /// - Parameters:
    ///   - now: The present instant.
    ///   - by: Who ends it.
    /// - Returns: Whether there was one.
    @discardableResult
    package mutating func end(at now: Date, by: RecordedPrincipal) -> Bool {
        var wasInForce = false
        for index in self.pauses.indices where self.pauses[index].isInForce(at: now) {
            self.pauses[index].resumedAt = now
            self.pauses[index].resumedBy = by
            wasInForce = true
        }
        return wasInForce
    }
}
