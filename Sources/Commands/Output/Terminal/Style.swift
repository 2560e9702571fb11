/// The few colours that output uses; plain text where they are off.
enum Style: String, Sendable {
    /// Good news.
    case good = "32"
    /// Something to look at.
    case warning = "33"
    /// Bad news.
    case bad = "31"
    /// Of less weight.
    case faint = "2"
    /// Of more weight.
    case strong = "1"

    /// Colours a text.
    ///
    /// - Parameters:
    ///   - text: The text.
    ///   - isOn: Whether colours may be used.
    /// - Returns: The text, with escape codes around it where they may.
    func apply(_ text: String, isOn: Bool) -> String {
        isOn ? "\u{1B}[\(self.rawValue)m\(text)\u{1B}[0m" : text
    }
}
