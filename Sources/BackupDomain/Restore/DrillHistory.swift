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
        /// The backup's name.
        package var backupName: String
        /// The run that made the backup; nil for one that others made.
        package var backupRun: RunID?
        /// The run that restored it.
        package var run: RunID
        /// The scratch instance.
        package var target: ResourceID
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
            backupName: String,
            backupRun: RunID?,
            run: RunID,
            target: ResourceID,
            seconds: Int,
            isPassed: Bool,
            differences: Int?,
            reason: String?
        ) {
            self.at = at
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
            case at, backupName, backupRun, run, target, seconds, differences, reason
            case isPassed = "passed"
        }
    }

    /// The format's version.
    package private(set) var version = Self.currentVersion
    /// The drills, oldest first.
    package private(set) var drills: [Drill] = []

    /// Creates the history of an instance whose backups nobody has tried.
    package init() {}

    /// Takes in a drill.
    ///
    /// - Parameter drill: The drill.
    package mutating func note(_ drill: Drill) {
        self.drills = Array((self.drills + [drill]).suffix(Self.mostDrills))
    }

    /// The newest drill that was passed; nil where there is none.
    package var newestPassed: Drill? { self.drills.last(where: \.isPassed) }
}
