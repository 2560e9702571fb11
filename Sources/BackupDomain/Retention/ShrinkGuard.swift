package import FoundationEssentials

/// Notices that backups have become much smaller: a night that dutifully backs up an emptied instance must not rotate the
/// good ones away.
///
/// Every verified backup is compared with the median of the up to ten before it. Once one falls short, the guard stays
/// tripped, however many small ones follow and pull the median down, until somebody acknowledges; from then on comparisons
/// begin with the backup that was acknowledged.
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
        guard self.threshold > 0 else { return nil }
        let sizes = Self.sized(points).filter { point, _ in
            self.acknowledgement.map { point.createdAt >= $0.createdAt } ?? true
        }
        var before: [Int] = []
        for (point, bytes) in sizes {
            if let median = Self.median(before.suffix(Self.window)), Double(bytes) < Double(median) * self.threshold {
                return Alarm(
                    name: point.name,
                    bytes: bytes,
                    medianBytes: median,
                    comparedWith: min(before.count, Self.window),
                    createdAt: point.createdAt
                )
            }
            before.append(bytes)
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
