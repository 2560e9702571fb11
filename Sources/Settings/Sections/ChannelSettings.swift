package import BackupDomain
import FoundationEssentials

/// One channel on which people are told.
package struct ChannelSettings: SettingsSection, Hashable {
    /// What channels there are.
    package enum Kind: String, Sendable, CaseIterable {
        /// A webhook of one's own: JSON, signed where a secret is given.
        case webhook
        /// Slack, by an incoming webhook.
        case slack
        /// Microsoft Teams, by the webhook of a workflow.
        case teams
        /// Mail through Azure Communication Services.
        case email
        /// A program on this machine.
        case command
    }

    /// The channel's name; nil for that of its type.
    package var name: String?
    /// What it is.
    package var type: Kind?
    /// A file that holds the webhook's URL.
    package var urlFile: String?
    /// The variable that holds the webhook's URL.
    package var urlVariable: String?
    /// A file that holds the secret which signs.
    package var secretFile: String?
    /// The variable that holds the secret which signs.
    package var secretVariable: String?
    /// The endpoint of the Communication Services resource.
    package var endpoint: String?
    /// The sender of mails.
    package var sender: String?
    /// Who gets mails.
    package var recipients: [String] = []
    /// The program with its arguments.
    package var command: [String] = []
    /// How long the program may take; nil for half a minute.
    package var timeout: Duration?
    /// What is told; all kinds where none is named.
    package var kinds: [AlertKind] = []
    /// Whether it is told each morning how everything stands.
    package var hasMorningLine = false

    /// Creates a channel of no type.
    package init() {}

    /// The name under which it is known; nil where it has neither name nor type.
    package var channelName: String? { self.name ?? self.type?.rawValue }

    package static let fields: [SettingField<Self>] = [
        .value(
            "name",
            \.name,
            .text(
                "1 to 40 letters, digits and hyphens",
                example: "ops",
                pattern: "^[A-Za-z0-9-]{1,40}$",
                where: { (1...40).contains($0.utf8.count) && $0.utf8.allSatisfy(Self.isNameByte) }
            ),
            "The channel's name; its type by default."
        ),
        .value("type", \.type, .choice, "What it is."),
        .value(
            "urlFile",
            \.urlFile,
            .secretFile("/run/secrets/slack-url"),
            "A file that holds the URL of the webhook, for webhook, slack and teams."
        ),
        .value("urlVariable", \.urlVariable, Self.variable("SLACK_URL"), "The variable that holds this URL."),
        .value(
            "secretFile",
            \.secretFile,
            .secretFile("/run/secrets/webhook"),
            "A file that holds the secret which signs, for webhook."
        ),
        .value(
            "secretVariable",
            \.secretVariable,
            Self.variable("WEBHOOK_SECRET"),
            "The variable that holds this secret."
        ),
        .value(
            "endpoint",
            \.endpoint,
            .text(
                "an https URL without path and query",
                example: "https://contoso.europe.communication.azure.com",
                pattern: "^https?://[^/?#]+/?$",
                where: Self.isEndpoint
            ),
            "The endpoint of the Communication Services resource, for email."
        ),
        .value("sender", \.sender, Self.address, "The sender's address, for email."),
        .values("recipients", \.recipients, Self.address, "The addresses that mail goes to."),
        .values("command", \.command, Self.word, "The program and its arguments, for command; no shell reads them."),
        .value(
            "timeout",
            \.timeout,
            .duration(.seconds(1) ... .seconds(300)),
            "How long the program may take; half a minute by default."
        ),
        .values("kinds", \.kinds, .choice, "Of which kinds of incidents it is told; of all by default."),
        .value("morningLine", \.hasMorningLine, .boolean, "Whether it is told each morning how everything stands."),
    ]

    private static func variable(_ example: String) -> SettingType<String> {
        .text(
            "the name of a variable of your own, not one that begins with \(SettingPath.variablePrefix)",
            example: example,
            pattern: "^(?!APIM_BACKUP_)[A-Za-z_][A-Za-z0-9_]*$"
        ) { text in
            let isWord = text.utf8.allSatisfy { $0 == 95 || Self.isNameByte($0) && $0 != 45 }
            return (1...128).contains(text.utf8.count) && isWord && text.first?.isNumber == false
                && !text.hasPrefix(SettingPath.variablePrefix)
        }
    }

    private static let address = SettingType<String>.text(
        "an e-mail address",
        example: "ops@contoso.com",
        pattern: "^[^@\\s]+@[^@\\s]+$"
    ) { text in
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        return parts.count == 2 && parts.allSatisfy { !$0.isEmpty } && text.utf8.count <= 254
            && text.unicodeScalars.allSatisfy { $0.value > 32 && $0.value != 127 }
    }

    private static let word = SettingType<String>.text("a text of one line", example: "/usr/local/bin/tell-ops") {
        text in
        (1...4096).contains(text.utf8.count) && text.unicodeScalars.allSatisfy { $0.value > 31 }
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte) || byte == 45
    }

    /// Whether a text may be an endpoint; whether a token may go there is decided where it is used.
    private static func isEndpoint(_ text: String) -> Bool {
        guard let url = URL(string: text), url.query() == nil, url.fragment() == nil, url.user() == nil else {
            return false
        }
        return ["https", "http"].contains(url.scheme) && url.host()?.isEmpty == false && ["", "/"].contains(url.path())
    }
}
