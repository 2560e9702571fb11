package import FoundationEssentials

/// What alerts go by for the drills with an instance's backups.
package struct DrillWatch: Sendable, Hashable {
    /// The newest drill; nil where there was none.
    package var newest: DrillHistory.Drill?
    /// The newest drill that was passed; nil where there was none.
    package var newestPassed: DrillHistory.Drill?
    /// Since when a scheduler has known that there are to be drills; nil before its first look.
    package var since: Date?
    /// The oldest that the last passed drill may be.
    package var allowedAge: Duration

    /// Creates a watch.
    ///
    /// - Parameters:
    ///   - history: The drills.
    ///   - allowedAge: The oldest that the last passed one may be.
    package init(_ history: DrillHistory, allowedAge: Duration) {
        self.newest = history.drills.last
        self.newestPassed = history.newestPassed
        self.since = history.since
        self.allowedAge = allowedAge
    }

    /// From when the last passed drill is too old; nil where nothing is expected yet.
    package var overdueAt: Date? {
        (self.newestPassed?.at ?? self.since).map { $0 + self.allowedAge.timeInterval }
    }
}
