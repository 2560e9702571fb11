import Yams

extension SettingsFile {
    /// Empties the lines of the entries of a section whose key stood before, so that the rest can be read where it stands.
    ///
    /// Hand-written: the YAML library ends at the first such key.
    ///
    /// - Parameters:
    ///   - key: The key.
    ///   - mark: Where it stands first.
    ///   - text: The file.
    /// - Returns: The text with as many lines; nil where none was found, as in a section in braces.
    static func dropping(_ key: String, repeatedAfter mark: Mark, in text: String) -> String? {
        var lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        guard lines.indices.contains(mark.line - 1) else { return nil }
        var (isFound, isDropping) = (false, false)
        for index in mark.line..<lines.count {
            let line = lines[index]
            let content = line.drop { $0 == " " }
            guard let first = content.first, first != "#" else { continue }
            let column = line.count - content.count + 1
            // Less far in, another section goes on.
            if column < mark.column { break }
            // A list may stand as far in as its key.
            if column == mark.column, !content.hasPrefix("- ") { isDropping = Self.begins(content, with: key) }
            guard isDropping else { continue }
            isFound = true
            lines[index] = ""
        }
        return isFound ? lines.joined(separator: "\n") : nil
    }

    private static func begins(_ content: Substring, with key: String) -> Bool {
        [key, "'\(key)'", "\"\(key)\""].contains { written in
            content.hasPrefix(written) && content.dropFirst(written.count).drop { $0 == " " }.first == ":"
        }
    }
}
