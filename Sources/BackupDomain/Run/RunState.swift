/// How far a run has come; what a process that takes it over begins from.
package enum RunState: String, Sendable, Codable, CaseIterable {
    /// Nothing has been posted, or what was posted is known not to have been accepted.
    case planned
    /// The intent is written; the POST may or may not have happened.
    case posting
    /// Azure accepted; the operation is being followed by its Location.
    case accepted
    /// Followed through the instance's state and the blob, for want of an answer or of a readable operation.
    case settling
    /// Azure says done; the blob is being looked for.
    case proving
    /// Final: the record has an outcome and does not change any more.
    case ended
}
