package import AzureClient
package import BackupDomain
import Crypto
import FoundationEssentials

/// Mail through Azure Communication Services.
package struct EmailChannel: NoticeChannel {
    package let name: String
    private let service: EmailServiceClient
    private let sender: String
    private let recipients: [String]

    /// Creates a channel.
    ///
    /// - Parameters:
    ///   - name: The channel's name.
    ///   - service: What sends.
    ///   - sender: An address of a domain that is connected to the service.
    ///   - recipients: Who gets the mail, at least one.
    package init(name: String, service: EmailServiceClient, sender: String, recipients: [String]) {
        self.name = name
        self.service = service
        self.sender = sender
        self.recipients = recipients
    }

    package func send(_ notice: Notice) async throws {
        let text = NoticeText(notice)
        let message = EmailMessage(
            sender: self.sender,
            recipients: self.recipients,
            subject: "[apim-backup] \(text.title)".cut(to: 200),
            plainText: text.plain + "\n"
        )
        do {
            try await self.service.send(message, operation: self.operation(notice))
        } catch var error as BackupError {
            error.message = "The channel '\(self.name)' did not take a notice: \(error.message)"
            error.code = .noticeNotDelivered
            throw error
        }
    }

    /// A UUID of the notice and of how often it was tried: what was lost on the way is the same mail, what failed is not.
    ///
    /// Source: <https://www.rfc-editor.org/rfc/rfc9562#name-uuid-version-8> (version 8: layout of our own)
    private func operation(_ notice: Notice) -> String {
        let attempts = notice.deliveries[self.name]?.attempts ?? 0
        let digest = SHA256.hash(data: Data("\(notice.id) \(self.name) \(attempts)".utf8)).prefix(16).map { byte in
            (byte < 16 ? "0" : "") + String(byte, radix: 16)
        }.joined()
        var digits = Array(digest)
        digits[12] = "8"
        digits[16] = "8"
        return [0..<8, 8..<12, 12..<16, 16..<20, 20..<32].map { String(digits[$0]) }.joined(separator: "-")
    }
}
