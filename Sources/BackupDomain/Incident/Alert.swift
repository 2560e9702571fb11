package import FoundationEssentials

/// One thing that is wrong with one instance at the moment of a look; what incidents are made of.
package struct Alert: Sendable, Equatable {
    /// What is wrong.
    package var kind: AlertKind
    /// Why.
    package var cause: AlertCause
    /// The instance's key.
    package var instance: InstanceKey
    /// The instance's name.
    package var name: String
    /// Since when, or when it was seen where nobody knows.
    package var since: Date
    /// Whether ``since`` is when it began, which whoever looks finds the same.
    package var hasKnownBegin: Bool
    /// What is wrong, in a sentence.
    package var text: String
    /// The run whose record tells more; nil where there is none.
    package var run: RunID?
    /// What went wrong, where no run's record tells.
    package var error: BackupError?
    /// Whether nobody is to be told now, since the instance's schedule is paused.
    package var isMuted: Bool
    /// Whether no run of the instance can begin, so that its end says that one can, and nothing of backups.
    package var isUnattended = false

    /// Creates an alert; of something whose begin is known by default.
    package init(
        kind: AlertKind,
        cause: AlertCause,
        instance: InstanceKey,
        name: String,
        since: Date,
        hasKnownBegin: Bool = true,
        text: String,
        run: RunID? = nil,
        error: BackupError? = nil,
        isMuted: Bool = false
    ) {
        self.kind = kind
        self.cause = cause
        self.instance = instance
        self.name = name
        self.since = since
        self.hasKnownBegin = hasKnownBegin
        self.text = text
        self.run = run
        self.error = error
        self.isMuted = isMuted
    }
}
