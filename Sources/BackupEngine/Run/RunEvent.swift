package import BackupDomain

/// What happened to a run; each is the answer to one ``RunStep``.
package enum RunEvent: Sendable {
    /// What lies in the instance was read and filed, or could not be.
    case inventoryTaken(RecordedInventory)
    /// A look at the wanted name before the POST.
    case nameChecked(Result<BlobObservation, BackupError>)
    /// Azure answered the POST.
    case posted(ManagementAnswer)
    /// The POST was not made, or cannot have arrived.
    case postFailed(BackupError)
    /// The POST may have arrived; no usable answer came.
    case postUnanswered(BackupError)
    /// The instance was looked at while waiting for its turn.
    case instanceSeen(Result<Bool, BackupError>)
    /// Azure answered a poll.
    case polled(ManagementAnswer)
    /// A poll got no usable answer.
    case pollUnanswered(BackupError)
    /// The instance (is it busy?) and the blob were looked at.
    case looked(instance: Result<Bool, BackupError>, blob: Result<BlobObservation, BackupError>)
    /// The blob was looked at after Azure had said done.
    case proofSeen(Result<BlobObservation, BackupError>)
    /// The limit for the operation has passed.
    case limitReached
    /// The operator stopped the run before anything was posted.
    case stoppedBeforePost
}
