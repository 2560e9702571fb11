/// Texts as words of a command line for a POSIX shell.
///
/// Source: POSIX.1-2017, Shell Command Language, 2.2 "Quoting"
enum ShellWord {
    /// The text in single quotes.
    static func always(_ text: String) -> String { "'\(text.replacing("'", with: "'\\''"))'" }

    /// The text as it is, or in single quotes where a shell would read more into it.
    static func quoted(_ text: String) -> String {
        let isPlain =
            !text.isEmpty
            && text.utf8.allSatisfy { byte in
                (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
                    || "-_./:=,@+%".utf8.contains(byte)
            }
        return isPlain ? text : Self.always(text)
    }
}
