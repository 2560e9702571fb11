package import BackupDomain
package import FoundationEssentials

/// One call to Azure and its answer, with nothing in it that must not leave the house.
///
/// Names and ids are replaced, the same ones by the same marks, such as `{instance-1}`; of bodies only the shape is kept, and the values
/// that Azure's documents name.
package struct Exchange: Sendable, Codable, Hashable {
    /// Counts the calls, in the order in which they were sent, from 1.
    package var number: Int
    /// The step of the field test.
    package var step: String
    /// Where the call went.
    package var service: AzureService
    /// When it was sent, by our clock.
    package var sentAt: Date
    /// How long the answer took, in milliseconds.
    package var milliseconds: Int
    /// The number of the newest call that had been sent when the answer came: what has a higher one was sent afterwards.
    package var newestWhenAnswered: Int
    /// The method.
    package var method: String
    /// The URL.
    package var url: String
    /// The header fields that matter, by their names in lower case.
    package var sent: [String: String]
    /// The shape of the body; nil for none.
    package var sentBody: JSONValue?
    /// The status; nil where no answer came.
    package var status: Int?
    /// Why no answer came; nil where one did.
    package var failure: String?
    /// The answer's header fields that matter, by their names in lower case.
    package var received: [String: String]
    /// The shape of the answer's body; nil for none.
    package var receivedBody: JSONValue?

    /// Creates a call that has no answer.
    package init(
        number: Int,
        step: String,
        service: AzureService,
        sentAt: Date,
        method: String,
        url: String,
        sent: [String: String] = [:],
        sentBody: JSONValue? = nil
    ) {
        self.number = number
        self.step = step
        self.service = service
        self.sentAt = sentAt
        self.milliseconds = 0
        self.newestWhenAnswered = number
        self.method = method
        self.url = url
        self.sent = sent
        self.sentBody = sentBody
        self.received = [:]
    }
}
