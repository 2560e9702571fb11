/// Why a backup is kept, released or withheld: a word for programs and a clause for people.
package struct RetentionReason: Sendable, Codable, Hashable {
    /// The kind of a reason.
    package enum Code: String, Sendable, Codable, CaseIterable {
        /// One of the newest (`keep-last`).
        case keepLast
        /// The newest of its hour (`keep-hourly`).
        case keepHourly
        /// The newest of its day (`keep-daily`).
        case keepDaily
        /// The newest of its week (`keep-weekly`).
        case keepWeekly
        /// The newest of its month (`keep-monthly`).
        case keepMonthly
        /// The newest of its year (`keep-yearly`).
        case keepYearly
        /// Young enough (`keep-within`).
        case keepWithin
        /// Pinned.
        case pinned
        /// A restore that is open reads it.
        case restoring
        /// Needed for the minimum of good backups.
        case minGood
        /// The newest good backup.
        case newestGood
        /// It was made just before a restore, so that the restore can be undone; it counts for nothing else.
        case beforeRestore
        /// Its run is under way.
        case inFlight
        /// No record of ours names it.
        case adopted
        /// Nothing has proven it, and no newer good backup is there to take its place.
        case notProven
        /// There are fewer good backups than there must be.
        case tooFewGood
        /// There is no rule at all.
        case noRules
        /// It is not the blob that was recorded.
        case changed
        /// It lies in the tier Archive, and Azure would restore it from another one.
        case archived
        /// Somebody holds its lease.
        case leased
        /// An immutability policy protects it.
        case immutable
        /// A legal hold protects it.
        case legalHold
        /// The newest run failed.
        case newestRunFailing
        /// The shrink guard has stopped pruning.
        case shrinkGuard
        /// One prune deletes no more than this.
        case limit
        /// Azure no longer restores it.
        case expired
        /// It is kept, but Azure no longer restores it.
        case archiveOnly
        /// No rule keeps it.
        case noRuleKeeps
        /// Its run failed.
        case runFailed
    }

    /// The kind.
    package var code: Code
    /// The reason in words, as a clause without an end.
    package var text: String

    /// Creates a reason.
    package init(_ code: Code, _ text: String) {
        self.code = code
        self.text = text
    }
}
