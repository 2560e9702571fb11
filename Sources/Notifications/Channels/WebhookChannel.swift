import AzureClient
package import BackupDomain
import FoundationEssentials
import HTTPTypes

/// A webhook of one's own: JSON, signed where a secret is given.
package struct WebhookChannel: NoticeChannel {
    package let name: String
    private let url: SecretURL
    private let signature: WebhookSignature?
    private let poster: NoticePoster

    /// Creates a channel.
    ///
    /// - Parameters:
    ///   - name: The channel's name.
    ///   - url: Where to post.
    ///   - signature: What signs; nil for unsigned messages.
    ///   - poster: What posts.
    package init(name: String, url: SecretURL, signature: WebhookSignature?, poster: NoticePoster) {
        self.name = name
        self.url = url
        self.signature = signature
        self.poster = poster
    }

    package func send(_ notice: Notice) async throws {
        let body = try WebhookMessage(notice).encoded()
        let seconds = Int(self.poster.clock.now.timeIntervalSince1970)
        var fields: HTTPFields = [.contentType: "application/json"]
        fields[text: "webhook-id"] = notice.id
        fields[text: "webhook-timestamp"] = "\(seconds)"
        fields[text: "webhook-signature"] = self.signature?.header(body, id: notice.id, at: seconds)
        try await self.poster.post(body, to: self.url, fields: fields, channel: self.name)
    }
}
