package import FoundationEssentials

/// The drills with an instance's backups, one document of the catalog for each instance.
///
/// Each tells which backup was restored where, how long that took, and whether what came of it is what was backed up.
package struct DrillHistory: Sendable, Codable, Hashable, CatalogDocument {
    /// The newest format that this program reads, and the one that it writes.
    package static let currentVersion = 1
    /// The most drills that are kept, the newest.
    package static let mostDrills = 60

    /// One drill.
    package struct Drill: Sendable, Codable, Hashable {
        /// When it ended.
        package var at: Date
        /// The time of the schedule that it was for; nil where somebody asked for it.
        package var nominalAt: Date?
        /// The backup's name; nil where it did not come to one.
        package var backupName: String?
        /// The run that made the backup; nil for one that others made.
        package var backupRun: RunID?
        /// The run that restored it.
        package var run: RunID
        /// The scratch instance; nil where it was not found.
        package var target: ResourceID?
        /// How long Azure took, in whole seconds: the measured recovery time.
        package var seconds: Int
        /// Whether the restore went well and nothing differs.
        package var isPassed: Bool
        /// How many things differ from the inventory that was taken with the backup; nil where there is none to compare with.
        package var differences: Int?
        /// Why it did not pass; nil where it did.
        package var reason: String?

        /// Creates a value.
        package init(
            at: Date,
            nominalAt: Date? = nil,
            backupName: String?,
            backupRun: RunID?,
            run: RunID,
            target: ResourceID?,
            seconds: Int,
            isPassed: Bool,
            differences: Int?,
            reason: String?
        ) {
            self.at = at
            self.nominalAt = nominalAt
            self.backupName = backupName
            self.backupRun = backupRun
            self.run = run
            self.target = target
            self.seconds = seconds
            self.isPassed = isPassed
            self.differences = differences
            self.reason = reason
        }

        private enum CodingKeys: String, CodingKey {
            case at, nominalAt, backupName, backupRun, run, target, seconds, differences, reason
            case isPassed = "passed"
        }
    }

    /// The format's version.
    package private(set) var version = Self.currentVersion
    /// The drills, oldest first.
    package private(set) var drills: [Drill] = []
    /// When a scheduler first saw that there are to be drills; nil where none has.
    package private(set) var since: Date?

    /// Creates the history of an instance whose backups nobody has tried.
    package init() {}

    /// Takes in a drill; one of a schedule's time that several processes have seen to its end counts once.
    ///
    /// - Parameter drill: The drill.
    package mutating func note(_ drill: Drill) {
        guard drill.nominalAt.map({ self.drill(of: $0) == nil }) ?? true else { return }
        self.drills = Array((self.drills + [drill]).suffix(Self.mostDrills))
    }

    /// Notes that a scheduler has seen that there are to be drills.
    ///
    /// - Parameter now: The present instant.
    package mutating func open(at now: Date) { self.since = self.since ?? now }

    /// The drill that was made for a time of the schedule.
    ///
    /// - Parameter time: The nominal time.
    /// - Returns: The drill; nil where there is none.
    package func drill(of time: Date) -> Drill? { self.drills.last { $0.nominalAt == time } }

    /// The newest drill that was passed; nil where there is none.
    package var newestPassed: Drill? { self.drills.last(where: \.isPassed) }
}
