package import BackupDomain

/// Something that a person who watches a run wants to see.
package enum RunNotice: Sendable {
    /// The record changed; its last state is the news.
    case changed(RunRecord)
    /// A run that was under way is being followed instead of starting another.
    case reattached(RunRecord)
    /// The run waits this long before it looks again.
    case waiting(RunRecord, Duration)
    /// The record cannot go into the catalog container, for this reason.
    case catalogUnavailable(BackupError)
    /// The run has ended, and its record is tried for this long before it goes elsewhere.
    case recordWaits(RunRecord, Duration)
    /// A record of the instance is damaged and passed over: should its run still be open, Azure's 409 and the lock guard it.
    case recordPassedOver(BackupError)
    /// The record is kept, but the instance's summary could not take it in; who reads the summary completes it.
    case summaryUnwritten(BackupError)
    /// Another process holds the lock of this instance, or died less than a minute ago.
    case locked(String)
    /// The lock of this instance was lost; another process may have taken the run over.
    case lockLost(String)
}
