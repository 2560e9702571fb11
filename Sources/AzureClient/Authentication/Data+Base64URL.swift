import FoundationEssentials

extension Data {
    /// Reads base64 in the form for URLs, without padding.
    ///
    /// Source: <https://www.rfc-editor.org/rfc/rfc4648#section-5>
    ///
    /// - Parameter text: The text.
    init?(base64URL text: some StringProtocol) {
        let standard = String(text.map { $0 == "-" ? "+" : $0 == "_" ? "/" : $0 })
        let padding = String(repeating: "=", count: (4 - standard.utf8.count % 4) % 4)
        guard let data = Data(base64Encoded: standard + padding) else { return nil }
        self = data
    }

    /// The bytes in base64 for URLs, without padding.
    var base64URL: String {
        String(self.base64EncodedString().prefix { $0 != "=" }.map { $0 == "+" ? "-" : $0 == "/" ? "_" : $0 })
    }
}
