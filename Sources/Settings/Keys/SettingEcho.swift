import BackupDomain

/// A value as a message repeats it: short, on one line, and without what looks like a secret.
struct SettingEcho: CustomStringConvertible {
    private let text: String

    /// Takes a value.
    init(_ text: String) { self.text = text }

    var description: String {
        let line = String(String.UnicodeScalarView(self.text.unicodeScalars.map { $0.value < 32 ? " " : $0 }))
        let shown = Redaction.redact(line)
        return shown.count > 60 ? "'\(shown.prefix(60))…'" : "'\(shown)'"
    }
}
