/// A mail as Azure Communication Services sends it.
package struct EmailMessage: Sendable, Hashable {
    /// The sender: an address of a domain that is connected to the service.
    package var sender: String
    /// The recipients' addresses, at least one.
    package var recipients: [String]
    /// The subject, one line.
    package var subject: String
    /// The text.
    package var plainText: String

    /// Creates a mail.
    package init(sender: String, recipients: [String], subject: String, plainText: String) {
        self.sender = sender
        self.recipients = recipients
        self.subject = subject
        self.plainText = plainText
    }
}

extension EmailMessage: Encodable {
    private struct Content: Encodable {
        var subject: String
        var plainText: String
    }

    private struct Recipients: Encodable { var to: [Address] }

    private struct Address: Encodable { var address: String }

    private enum CodingKeys: String, CodingKey {
        case senderAddress, content, recipients, userEngagementTrackingDisabled
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(self.sender, forKey: .senderAddress)
        try container.encode(Content(subject: self.subject, plainText: self.plainText), forKey: .content)
        try container.encode(Recipients(to: self.recipients.map(Address.init)), forKey: .recipients)
        // Nobody is to be followed through an alarm.
        try container.encode(true, forKey: .userEngagementTrackingDisabled)
    }
}
