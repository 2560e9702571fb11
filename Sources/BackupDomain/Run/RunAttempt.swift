package import FoundationEssentials

/// One POST of a run, or the intent to make one.
package struct RunAttempt: Sendable, Codable, Hashable {
    /// What is known of whether Azure took the call.
    package enum Submission: String, Sendable, Codable {
        /// The intent is written; nothing is known of the POST.
        case intended
        /// Azure answered that it accepted.
        case accepted
        /// Azure answered that it did not accept, or the call never left.
        case rejected
        /// The call left and no usable answer came.
        case unanswered
    }

    /// The attempt's number, from 1.
    package var number: Int
    /// The name of the blob that it asks for.
    package var backupName: String
    /// When the intent was written, by our clock.
    package var intendedAt: Date
    /// When the blob's absence was seen, by the blob service's clock; nil where it could not be looked at.
    package var absentAt: Date?
    /// What is known of whether Azure took the call.
    package var submission: Submission
    /// The `Date` of Azure's answer.
    package var answeredAt: Date?
    /// The URL of the operation.
    package var location: String?
    /// Azure's id of the POST.
    package var requestID: String?
    /// Azure's correlation id of the POST, by which the Activity Log groups.
    package var correlationID: String?
    /// Azure's answer, where it refused.
    package var fault: AzureFault?

    /// Creates an attempt whose POST has not been made.
    package init(number: Int, backupName: String, intendedAt: Date, absentAt: Date?) {
        self.number = number
        self.backupName = backupName
        self.intendedAt = intendedAt
        self.absentAt = absentAt
        self.submission = .intended
    }

    private enum CodingKeys: String, CodingKey {
        case number, backupName, intendedAt, absentAt, submission, answeredAt, location, fault
        case requestID = "requestId"
        case correlationID = "correlationId"
    }
}
