/// What a fault does to a call.
///
/// Several may be together: a delay, then a changed answer.
struct FaultEffect: Sendable, Equatable {
    /// Waits this long before anything else, in seconds of this machine's time.
    var delaySeconds = 0.0
    /// Does the work, then waits this long before the answer, in seconds of this machine's time.
    var answerDelaySeconds = 0.0
    /// Answers with this status, and does no work.
    var status: Int?
    /// The error code of that answer.
    var code = "InternalServerError"
    /// The message of that answer.
    var message = "The emulator was asked to fail this call."
    /// Header fields that are set on the answer.
    var headers: [String: String] = [:]
    /// Header fields that are taken off the answer.
    var omitHeaders: [String] = []
    /// Closes the connection before any work.
    var dropConnection = false
    /// Does the work, then closes the connection without an answer.
    var loseAnswer = false
    /// Sends only this many bytes of the body, though `Content-Length` promises all, and closes the connection.
    var truncateBody: Int?
    /// Sends this body instead.
    var replaceBody: String?
    /// What the answer's `Location` is replaced by.
    var redirectLocation: String?
}
