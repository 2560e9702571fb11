/// What somebody who restores has said beside which backup is to go where.
package struct RestoreWishes: Sendable, Hashable {
    /// Whether the backup may go into the very instance that it comes from.
    package var isInPlace = false
    /// Whether a backup will do that nothing has proven.
    package var allowsUnverified = false
    /// Whether the target is backed up first, where it can be.
    package var wantsSafetyBackup = true
    /// Whether another operation that holds the target is waited for.
    package var waitsForBusy = false

    /// Creates the wishes of somebody who said nothing.
    package init() {}
}
