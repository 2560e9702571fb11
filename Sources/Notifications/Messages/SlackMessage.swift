import BackupDomain

/// A notice as Slack's blocks, within Slack's limits.
///
/// Source: <https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks>,
/// <https://docs.slack.dev/reference/block-kit/blocks>
struct SlackMessage: Encodable {
    /// What a phone shows, and what is read out.
    var text: String
    /// The message itself.
    var blocks: [Block]

    /// One block.
    struct Block: Encodable {
        /// What kind of block it is.
        var type: String
        /// The text of a header or a section.
        var text: Text?
        /// The texts of a context block.
        var elements: [Text]?
    }

    /// A text.
    struct Text: Encodable {
        /// `plain_text` or `mrkdwn`.
        var type: String
        /// The characters.
        var text: String
    }

    /// Takes over a notice.
    ///
    /// - Parameter notice: The notice.
    init(_ notice: Notice) {
        let words = NoticeText(notice)
        self.text = Self.escaped(words.title).cut(to: 3000)
        var blocks = [
            Block(
                type: "header",
                text: Text(type: "plain_text", text: "\(words.severity.sign) \(words.title)".cut(to: 150))
            )
        ]
        let remedy = words.remedy.map { "*What to do:* \(Self.escaped($0))" }
        let lines = words.lines.map(Self.escaped).joined(separator: "\n")
        let parts: [String?] = [lines, words.error.map(Self.escaped), remedy]
        for part in parts.compactMap(\.self) where !part.isEmpty {
            blocks.append(Block(type: "section", text: Text(type: "mrkdwn", text: part.cut(to: 3000))))
        }
        let facts = words.facts.map { fact in
            Text(type: "mrkdwn", text: "\(Self.escaped(fact.name)): \(Self.escaped(fact.value))".cut(to: 2000))
        }
        if !facts.isEmpty { blocks.append(Block(type: "context", elements: Array(facts.prefix(10)))) }
        self.blocks = blocks
    }

    /// Takes away the meaning of the three characters that have one.
    ///
    /// Source: <https://docs.slack.dev/messaging/formatting-message-text#escaping>
    private static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
    }
}
