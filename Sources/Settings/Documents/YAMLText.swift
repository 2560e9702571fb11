/// A text as YAML has it: without quotes where every reader takes it for the same text.
///
/// Hand-written: the emitter of the YAML library writes no comments, and settings are shown and begun with them.
enum YAMLText {
    /// Writes a text.
    ///
    /// - Parameters:
    ///   - text: The text.
    ///   - isBare: Whether it is a number, `true` or `false`, which must stand without quotes.
    /// - Returns: The text, in quotes where it needs them.
    static func written(_ text: String, isBare: Bool = false) -> String {
        if isBare { return text }
        let isPlain =
            text.first.map { !"{}[]&*!|>'\"%@`#,?:-~ ".contains($0) } ?? false
            && text.last != " " && text.last != ":" && !text.contains(": ") && !text.contains(" #")
            && text.unicodeScalars.allSatisfy { $0.value > 31 && $0.value != 127 }
            && !Self.reserved.contains(text.lowercased()) && !Self.isNumber(text)
        if isPlain { return text }
        let escaped = text.unicodeScalars.map { scalar -> String in
            switch scalar {
            case "\\": "\\\\"
            case "\"": "\\\""
            case _ where scalar.value < 32 || scalar.value == 127:
                "\\x" + String(repeating: "0", count: scalar.value < 16 ? 1 : 0) + String(scalar.value, radix: 16)
            default: String(scalar)
            }
        }
        return "\"\(escaped.joined())\""
    }

    private static let reserved: Set<String> = ["null", "true", "false", "yes", "no", "on", "off", "y", "n"]

    private static func isNumber(_ text: String) -> Bool {
        text.utf8.allSatisfy { (48...57).contains($0) || [43, 45, 46, 58, 95].contains($0) }
    }
}
