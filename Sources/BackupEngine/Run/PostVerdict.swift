import BackupDomain

/// What an answer to the backup POST means.
///
/// Only the status decides, and for a 409 its code: Azure's texts are not relied on.
enum PostVerdict: Hashable {
    /// The backup was made while we waited.
    case done
    /// Accepted; the operation is at this URL, where one came.
    case accepted(location: String?)
    /// Another operation holds the instance; waiting helps.
    case busy
    /// Too many calls; nothing was accepted, and waiting helps.
    case throttled
    /// Not accepted, and asking again would not help.
    case rejected(BackupError.Code, RunOutcome)
    /// The answer does not say whether Azure accepted.
    case unanswered

    init(_ answer: ManagementAnswer) {
        switch answer.status {
        case 200: self = Self.saysFailed(answer) ? .rejected(.backupFailed, .failed) : .done
        case 201, 202, 204: self = .accepted(location: answer.location)
        case 401: self = .rejected(.credentialRejected, .refused)
        case 403: self = .rejected(.permissionDenied, .refused)
        case 404: self = .rejected(.instanceNotFound, .refused)
        case 409:
            // A lock never goes away by itself; any other conflict is somebody else's operation.
            self = answer.code?.lowercased() == "scopelocked" ? .rejected(.scopeLocked, .refused) : .busy
        // A proxy in between may have passed the call on before it gave up waiting.
        case 408: self = .unanswered
        case 429: self = .throttled
        case 400..<500: self = .rejected(.azureError, .failed)
        default: self = .unanswered
        }
    }

    /// Whether the body of a success says that the operation failed all the same.
    ///
    /// - Parameter answer: An answer with status 200.
    /// - Returns: Whether `status` or `properties.provisioningState` is a failure.
    static func saysFailed(_ answer: ManagementAnswer) -> Bool { Self.failedState(answer) != nil }

    /// The state by which the body of a success says that the operation failed; nil where it does not.
    static func failedState(_ answer: ManagementAnswer) -> String? {
        guard (200..<300).contains(answer.status) else { return nil }
        let states = [answer.document?["status"], answer.document?["properties"]?["provisioningState"]]
        return states.compactMap { $0?.string }.first { ["failed", "canceled", "cancelled"].contains($0.lowercased()) }
    }
}
