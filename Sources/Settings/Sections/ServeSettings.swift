/// How the daemon works.
package struct ServeSettings: SettingsSection, Hashable {
    /// What switches the listener off.
    package static let nowhere = "none"

    /// Where health and metrics are answered over HTTP: host and port, or ``nowhere``.
    package var listen = "127.0.0.1:8425"
    /// How many instances are backed up at once.
    package var width = 200

    /// Creates the defaults of the product.
    package init() {}

    package static let fields: [SettingField<Self>] = [
        .value(
            "listen",
            \.listen,
            .text(
                "host:port, with an IPv6 address in brackets, or none",
                example: "0.0.0.0:8425",
                pattern: "^(none|[0-9A-Za-z.-]+:[0-9]{1,5}|\\[[0-9A-Fa-f:.]+\\]:[0-9]{1,5})$",
                where: Self.isAddress
            ),
            "Where `/livez`, `/readyz` and metrics are answered over HTTP, to everybody who can reach it."
        ),
        .value("width", \.width, .integer(1...1000), "How many instances `serve` backs up at once."),
    ]

    private static func isAddress(_ text: String) -> Bool {
        if text == Self.nowhere { return true }
        guard let colon = text.lastIndex(of: ":"),
            let port = SettingType<Int>.digits(String(text[colon...].dropFirst()))
        else { return false }
        let host = text[..<colon]
        let isBracketed = host.hasPrefix("[") && host.hasSuffix("]") && host.utf8.count > 2
        let isPlain = !host.isEmpty && !host.contains(":") && !host.contains("[")
        return port <= 65_535 && (isBracketed || isPlain) && host.utf8.allSatisfy { $0 > 32 && $0 < 127 && $0 != 47 }
    }
}
