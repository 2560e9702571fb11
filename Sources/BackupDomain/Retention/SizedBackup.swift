import FoundationEssentials

/// A verified backup as the shrink guard sees it; the older one is the lesser.
struct SizedBackup: Sendable, Hashable, Comparable {
    /// The blob's name.
    var name: String
    /// Its size in bytes.
    var bytes: Int
    /// When it was made.
    var createdAt: Date
    /// How many things lay in the instance; nil where no inventory was taken.
    var things: Int?

    static func < (lhs: Self, rhs: Self) -> Bool { (lhs.createdAt, lhs.name) < (rhs.createdAt, rhs.name) }
}

extension SizedBackup {
    /// Takes what a summary says of a run.
    ///
    /// - Parameter run: The run; nil is made of one that ended without a verified backup.
    init?(_ run: SummarizedRun) {
        guard run.outcome == .verified, let bytes = run.bytes, let name = run.backupName else { return nil }
        self.init(
            name: name,
            bytes: bytes,
            createdAt: run.madeAt,
            things: run.inventory?.things
        )
    }
}
