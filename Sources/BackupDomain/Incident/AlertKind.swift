/// What can be wrong with an instance's backups so that a person should know; the gravest reading of a night first.
package enum AlertKind: String, Sendable, Codable, CaseIterable {
    /// The catalog cannot be read, so that nothing can be said of the instance.
    case catalogUnreadable
    /// The newest run that says anything did not end verified.
    case failed
    /// A scheduled run never began.
    case missed
    /// No verified backup came within the expected interval.
    case overdue
    /// Azure will soon no longer restore the last good backup.
    case expiring
    /// A check of the doctor stands worse than it did: backups will fail, or be lost.
    case degraded
    /// Retention may not delete: the shrink guard is tripped, or the newest runs have been failing for long.
    case retentionBlocked
    /// No inventory was taken of an instance of which only inventories are taken.
    case inventoryMissing
    /// The newest drill did not pass: a backup did not restore, or brought back something else.
    case drillFailed
    /// The last passed drill is older than allowed.
    case drillOverdue

    /// Whether it says that the instance lacks a backup, or an inventory, that it should have; of these an instance has one at a time.
    package var isLapse: Bool {
        switch self {
        case .failed, .missed, .overdue, .inventoryMissing: true
        case .catalogUnreadable, .expiring, .degraded, .retentionBlocked, .drillFailed, .drillOverdue: false
        }
    }
}
