import BackupDomain

/// Azure's words in an error, without the names in them.
struct RedactedText: Sendable {
    let pseudonyms: Pseudonyms

    /// Words between quotation marks that are Azure's own.
    private static let tiers: Set<String> = [
        "developer", "basic", "standard", "premium", "consumption", "isolated", "basicv2", "standardv2", "premiumv2",
    ]

    /// Redacts a text.
    ///
    /// - Parameter text: The text.
    /// - Returns: The same with marks in place of known names, quoted words, ids, addresses and secrets; at most 500 characters.
    func redact(_ text: String) -> String {
        var (result, word) = ("", "")
        var quote: Character?
        func endWord() {
            result += self.word(word)
            word = ""
        }
        for character in text.prefix(500) {
            if let open = quote {
                if character == open {
                    result += self.quoted(word) + String(character)
                    (word, quote) = ("", nil)
                } else {
                    word.append(character)
                }
            } else if character == "'" || character == "\"", word.isEmpty {
                quote = character
                result.append(character)
            } else if character.isWhitespace || ",;:()[]{}<>".contains(character) {
                endWord()
                result.append(character)
            } else {
                word.append(character)
            }
        }
        if quote == nil { endWord() } else { result += self.quoted(word) }
        return Redaction.redact(result, for: .outsiders)
    }

    private func quoted(_ word: String) -> String {
        if let mark = self.pseudonyms.known(word) { return mark }
        if word.hasPrefix("/") { return RedactedAddress(pseudonyms: self.pseudonyms).resourceID(word) }
        let isAction = word.hasPrefix("Microsoft.") && word.allSatisfy { $0.isLetter || $0 == "." || $0 == "/" }
        return isAction || Self.tiers.contains(word.lowercased()) ? word : "<quoted>"
    }

    private func word(_ word: String) -> String {
        let end = word.reversed().prefix { ".!?".contains($0) }
        let core = String(word.dropLast(end.count))
        if let mark = self.pseudonyms.known(core) { return mark + String(end.reversed()) }
        if core.hasPrefix("/") {
            return RedactedAddress(pseudonyms: self.pseudonyms).resourceID(core) + String(end.reversed())
        }
        let isID = core.utf8.count == 36 && core.split(separator: "-").count == 5
        return isID ? self.pseudonyms.mark(core, "id") + String(end.reversed()) : word
    }
}
