package import BackupDomain
import FoundationEssentials
import HTTPTypes

/// A channel of a chat, by a webhook that the chat made for it.
package struct ChatChannel: NoticeChannel {
    /// The chats that are spoken to.
    package enum Chat: String, Sendable, CaseIterable {
        /// Slack, by an incoming webhook.
        case slack
        /// Microsoft Teams, by the webhook of a workflow.
        case teams
    }

    package let name: String
    private let chat: Chat
    private let url: SecretURL
    private let poster: NoticePoster

    /// Creates a channel.
    ///
    /// - Parameters:
    ///   - name: The channel's name.
    ///   - chat: Which chat it is of.
    ///   - url: The webhook.
    ///   - poster: What posts.
    package init(name: String, chat: Chat, url: SecretURL, poster: NoticePoster) {
        self.name = name
        self.chat = chat
        self.url = url
        self.poster = poster
    }

    package func send(_ notice: Notice) async throws {
        let encoder = JSONEncoder.stable()
        let body =
            switch self.chat {
            case .slack: try encoder.encode(SlackMessage(notice))
            case .teams: try encoder.encode(TeamsMessage(notice))
            }
        let fields: HTTPFields = [.contentType: "application/json"]
        try await self.poster.post(body, to: self.url, fields: fields, channel: self.name)
    }
}
