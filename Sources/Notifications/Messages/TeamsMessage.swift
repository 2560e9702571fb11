import BackupDomain

/// A notice as an adaptive card in a message, as the workflow "When a Teams webhook request is received" posts it.
///
/// Source: <https://learn.microsoft.com/connectors/teams/#microsoft-teams-webhook>,
/// <https://adaptivecards.io/schemas/1.4.0/adaptive-card.json>
struct TeamsMessage: Encodable {
    /// What kind of activity it is.
    var type = "message"
    /// The card.
    var attachments: [Attachment]

    /// An attachment of a message.
    struct Attachment: Encodable {
        /// The kind of the card.
        var contentType = "application/vnd.microsoft.card.adaptive"
        /// The card itself.
        var content: Card
    }

    /// An adaptive card.
    struct Card: Encodable {
        /// Where the cards' schema is.
        var schema = "http://adaptivecards.io/schemas/adaptive-card.json"
        /// What it is.
        var type = "AdaptiveCard"
        /// The newest version that Teams shows everywhere.
        var version = "1.4"
        /// What the list of chats shows.
        var fallbackText: String
        /// The card's parts.
        var body: [Element]
        /// What only Teams heeds.
        var msteams = ["width": "Full"]

        private enum CodingKeys: String, CodingKey {
            case type, version, fallbackText, body, msteams
            case schema = "$schema"
        }
    }

    /// A part of a card: a text or a set of facts.
    struct Element: Encodable {
        /// `TextBlock` or `FactSet`.
        var type: String
        /// The characters of a text.
        var text: String?
        /// Whether a text is broken into lines.
        var wrap: Bool?
        /// The weight of a text.
        var weight: String?
        /// The size of a text.
        var size: String?
        /// The colour of a text.
        var color: String?
        /// The facts.
        var facts: [Fact]?
    }

    /// A name with its value.
    struct Fact: Encodable {
        /// The name.
        var title: String
        /// The value.
        var value: String
    }

    /// Takes over a notice; 28 KB are the most that Teams takes, of which texts are given 20,000 characters.
    ///
    /// - Parameter notice: The notice.
    init(_ notice: Notice) {
        let words = NoticeText(notice)
        let remedy = words.remedy.map { "What to do: \($0)" }
        // Two line ends make a new line.
        let texts = [words.lines.joined(separator: "\n\n"), words.error, remedy].compactMap(\.self).filter {
            !$0.isEmpty
        }
        var body = [
            Element(
                type: "TextBlock",
                text: Self.escaped(words.title.cut(to: 300)),
                wrap: true,
                weight: "Bolder",
                size: "Medium",
                color: words.severity.color
            )
        ]
        body += texts.map { Element(type: "TextBlock", text: Self.escaped($0.cut(to: 3000)), wrap: true) }
        if !words.facts.isEmpty {
            body.append(
                Element(type: "FactSet", facts: words.facts.map { Fact(title: $0.name, value: $0.value.cut(to: 300)) })
            )
        }
        self.attachments = [Attachment(content: Card(fallbackText: words.title.cut(to: 300), body: body))]
    }

    /// Takes away the meaning of the characters that make emphasis, lists and links in a card's text.
    ///
    /// Source: <https://learn.microsoft.com/adaptive-cards/authoring-cards/text-features>
    private static func escaped(_ text: String) -> String {
        text.reduce(into: "") { result, character in
            if "\\*_[]`#~".contains(character) { result.append("\\") }
            result.append(character)
        }
    }
}

extension NoticeText.Severity {
    /// The name of the colour in an adaptive card.
    fileprivate var color: String {
        switch self {
        case .critical: "Attention"
        case .warning: "Warning"
        case .information: "Accent"
        case .resolved: "Good"
        }
    }
}
