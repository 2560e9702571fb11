package import FoundationEssentials

/// Notices that backups have become much smaller: a night that dutifully backs up an emptied instance must not rotate the
/// good ones away.
///
/// Every verified backup is compared with the median of the up to ten before it: its size, and where inventories were taken
/// also how many things lay in the instance. Once one falls short, the guard stays
/// tripped, however many small ones follow and pull the median down, until somebody acknowledges; from then on comparisons
/// begin with the backup that was the newest at that time.
package struct ShrinkGuard: Sendable, Hashable {
    /// A backup that fell short.
    package struct Alarm: Sendable, Codable, Hashable {
        /// The blob's name.
        package var name: String
        /// Its size in bytes.
        package var bytes: Int
        /// The median size of the backups before it, in bytes.
        package var medianBytes: Int
        /// How many there were, up to ten.
        package var comparedWith: Int
        /// When it was made.
        package var createdAt: Date
        /// How many things lay in the instance; nil where that is not known of it and of one before it.
        package var things: Int?
        /// The median number of things in the backups before it; nil where that is not known.
        package var medianThings: Int?

        /// The share of the median that the backup has: of its size or of its things, whichever is less.
        var share: Double { min(self.shareOfBytes, self.shareOfThings ?? .infinity) }

        private var shareOfBytes: Double { Double(self.bytes) / Double(self.medianBytes) }

        private var shareOfThings: Double? {
            guard let things = self.things, let median = self.medianThings, median > 0 else { return nil }
            return Double(things) / Double(median)
        }

        /// What is small of it, and how large it was before, such as `4 bytes, the median of the 10 before it is 614400 bytes`.
        ///
        /// - Parameter size: Writes a number of bytes.
        /// - Returns: A clause that follows the backup's name and "has".
        package func clause(_ size: (Int) -> String = { "\($0) bytes" }) -> String {
            let before = "the median of the \(self.comparedWith) before it is"
            if let things = self.things, let median = self.medianThings,
                self.shareOfThings ?? .infinity < self.shareOfBytes
            {
                return "\(things) APIs, operations and the like, \(before) \(median)"
            }
            return "\(size(self.bytes)), \(before) \(size(self.medianBytes))"
        }
    }

    /// How many backups the median is taken of.
    static let window = 10

    /// The share of the median below which a backup falls short; 0 turns the guard off.
    package var threshold: Double
    /// What was acknowledged last; nil where nothing was.
    package var acknowledgement: ShrinkAcknowledgements.Entry?

    /// Creates a guard.
    package init(threshold: Double, acknowledgement: ShrinkAcknowledgements.Entry?) {
        self.threshold = threshold
        self.acknowledgement = acknowledgement
    }

    /// Looks for the first backup that fell short.
    ///
    /// - Parameter points: Recovery points in any order; those that are gone count by what their records say.
    /// - Returns: The alarm; nil where all is well.
    package func alarm(_ points: [RecoveryPoint]) -> Alarm? {
        self.alarm(
            among: Self.sized(points).map { point, bytes in
                SizedBackup(name: point.name, bytes: bytes, createdAt: point.createdAt, things: point.things)
            }
        )
    }

    /// Looks for the first backup that fell short among the newest runs, as far as a summary goes.
    ///
    /// One that fell short before the summary's runs began is remembered by ``InstanceSummary/falls``.
    ///
    /// - Parameter summary: The instance's summary.
    /// - Returns: The alarm; nil where all is well.
    package func alarm(_ summary: InstanceSummary) -> Alarm? {
        self.remembered(summary) ?? self.alarm(among: summary.runs.compactMap(SizedBackup.init).sorted())
    }

    private func remembered(_ summary: InstanceSummary) -> Alarm? {
        summary.knownFalls.last { fall in
            (self.acknowledgement.map { fall.createdAt > $0.createdAt } ?? true) && fall.share < self.threshold
        }
    }

    /// How far the last of some backups falls below the median of the ten before it.
    ///
    /// - Parameter backups: The backups, oldest first: eleven verified ones.
    /// - Returns: The alarm; nil where there are fewer, or where it does not fall.
    static func fall(_ backups: [SizedBackup]) -> Alarm? {
        guard backups.count == Self.window + 1, let last = backups.last,
            let comparison = Self.comparison(of: last, with: backups.dropLast()), comparison.share < 1
        else { return nil }
        return comparison
    }

    /// How a backup compares with those before it, whether or not it falls short; nil where there are none.
    private static func comparison(of backup: SizedBackup, with before: ArraySlice<SizedBackup>) -> Alarm? {
        guard let median = Self.median(before.map(\.bytes)[...]) else { return nil }
        var comparison = Alarm(
            name: backup.name,
            bytes: backup.bytes,
            medianBytes: median,
            comparedWith: before.count,
            createdAt: backup.createdAt
        )
        if let things = backup.things, let median = Self.median(before.compactMap(\.things)[...]) {
            (comparison.things, comparison.medianThings) = (things, median)
        }
        return comparison
    }

    /// Looks for the first of some backups, oldest first, that fell short.
    private func alarm(among backups: [SizedBackup]) -> Alarm? {
        guard self.threshold > 0 else { return nil }
        var before: [SizedBackup] = []
        for backup in backups where self.acknowledgement.map({ backup.createdAt >= $0.createdAt }) ?? true {
            if let comparison = Self.comparison(of: backup, with: before.suffix(Self.window)),
                comparison.share < self.threshold
            {
                return comparison
            }
            before.append(backup)
        }
        return nil
    }

    /// The newest backup that the guard looks at: what an acknowledgement is of.
    ///
    /// - Parameter points: Recovery points in any order.
    /// - Returns: The point and its size; nil where there is none.
    package static func newest(_ points: [RecoveryPoint]) -> (point: RecoveryPoint, bytes: Int)? {
        Self.sized(points).last
    }

    private static func sized(_ points: [RecoveryPoint]) -> [(point: RecoveryPoint, bytes: Int)] {
        points.compactMap { point in
            guard point.outcome == .verified, let bytes = point.recorded?.bytes else { return nil }
            return (point, bytes)
        }.sorted { ($0.point.createdAt, $0.point.name) < ($1.point.createdAt, $1.point.name) }
    }

    /// The middle one, or what lies between the two in the middle.
    private static func median(_ sizes: ArraySlice<Int>) -> Int? {
        guard !sizes.isEmpty else { return nil }
        let sorted = sizes.sorted()
        let (lower, upper) = (sorted[(sorted.count - 1) / 2], sorted[sorted.count / 2])
        return lower + (upper - lower) / 2
    }
}
