/// How long a run waits for what.
package struct RunLimits: Sendable, Hashable {
    /// How long an accepted operation is followed; 12 hours by default, since hours have been seen.
    package var operation: Duration = .seconds(12 * 3600)
    /// How long one process follows it before it leaves it to the next one; nil for as long as it is followed at all.
    package var patience: Duration?
    /// How long a busy instance is waited for before the run ends as busy; not at all by default.
    package var busy: Duration = .zero
    /// How long to go on where Azure turns the POST away with 429; an hour by default.
    package var throttled: Duration = .seconds(3600)
    /// How long an idle instance without a blob is watched before an unanswered or unreadable operation counts as gone;
    /// five minutes by default.
    package var settling: Duration = .seconds(300)
    /// How long a blob may stay invisible after Azure has said that the backup is done; 30 seconds by default.
    package var proving: Duration = .seconds(30)
    /// How long the reading of what lies in the instance may take, before the backup is posted without; five minutes by
    /// default.
    package var inventory: Duration = .seconds(300)
    /// How long it may take where no backup waits for it; an hour by default.
    package var inventoryOnly: Duration = .seconds(3600)
    /// How many POSTs a run makes at the most, each under a name of its own; 3 by default.
    package var posts = 3

    /// Creates the default limits.
    package init() {}
}
