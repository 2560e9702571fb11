import BackupDomain
import FoundationEssentials

/// One event as one line: whatever it holds, no line break and no secret.
struct LogLine {
    /// When it happened.
    var time: Date
    /// Its level, such as `info`.
    var level: String
    /// The logger's label.
    var label: String
    /// What happened, in constant words.
    var message: String
    /// What it happened to, by names with dots.
    var values: [String: JSONValue]

    /// Writes the line.
    ///
    /// - Parameter format: How it looks.
    /// - Returns: The line with its end.
    func text(_ format: LogFormat) -> String {
        switch format {
        case .text: self.plain + "\n"
        case .json: self.json + "\n"
        }
    }

    private var safeValues: [String: JSONValue] {
        guard case .object(let values) = Redaction.redact(.object(self.values)) else { return [:] }
        return values
    }

    private var plain: String {
        let values = self.safeValues.sorted { $0.key < $1.key }.map { "\(Self.folded($0.key))=\(Self.shown($0.value))" }
        let level = self.level.uppercased()
        let padded = level + String(repeating: " ", count: max(0, 8 - level.count))
        return ([self.time.iso8601, padded, Self.folded(Redaction.redact(self.message))] + values).joined(
            separator: " "
        )
    }

    /// The fixed members come first, which no encoder of the library's can be made to do.
    private var json: String {
        let fixed = [
            ("time", self.time.iso8601), ("level", self.level), ("message", Redaction.redact(self.message)),
            ("logger", self.label),
        ]
        let known = Set(fixed.map(\.0))
        let others = self.safeValues.filter { !known.contains($0.key) }.sorted { $0.key < $1.key }
        let members =
            fixed.map { (Self.encoded(.string($0.0)), Self.encoded(.string($0.1))) }
            + others.map { (Self.encoded(.string($0.key)), Self.encoded($0.value)) }
        return "{\(members.map { "\($0):\($1)" }.joined(separator: ","))}"
    }

    private static func encoded(_ value: JSONValue) -> String {
        // Metadata holds no number that JSON cannot.
        guard let data = try? JSONEncoder.stable().encode(value) else { return "null" }
        return String(decoding: data, as: UTF8.self)
    }

    private static func shown(_ value: JSONValue) -> String {
        guard case .string(let text) = value else { return Self.encoded(value) }
        let isPlain =
            !text.isEmpty && text.allSatisfy { !$0.isWhitespace && $0 != "\"" && $0 != "=" }
            && text == Self.folded(text)
        return isPlain ? text : Self.encoded(value)
    }

    /// Takes out what would break a line or move the cursor of a terminal.
    private static func folded(_ text: String) -> String {
        String(
            text.map { character in
                character.unicodeScalars.allSatisfy { $0.value >= 32 && !(127...159).contains($0.value) }
                    ? character : " "
            }
        )
    }
}
