/// Takes out of a document what must not leave the house: secrets wherever they hide, and personal data.
///
/// Names of resources and their ids stay: without them nobody could help. What is taken out leaves a mark that says what it
/// was.
package enum Redaction {
    /// Who will read what is left.
    package enum Reader: Sendable {
        /// People who run the program: they need to know which machine an address is.
        case operators
        /// People elsewhere who help: addresses of machines are taken out too.
        case outsiders
    }

    /// Names of members whose values are taken out whatever they are, in lower case; a name that ends so counts too.
    private static let secretNames = [
        "secret", "password", "key", "primarykey", "secondarykey", "accesskey", "token", "signature",
        "encodedcertificate", "certificatepassword", "connectionstring", "validationkey", "authorization",
    ]
    /// Names that end like secrets and are none.
    private static let harmlessNames: Set<String> = ["instancekey", "nextkey"]
    /// Names of members that hold personal data or addresses of machines.
    private static let personalNames: Set<String> = [
        "publisheremail", "notificationsenderemail", "publishername", "createdby", "lastmodifiedby",
        "publicipaddresses", "privateipaddresses", "outboundpublicipaddresses",
    ]

    /// Redacts a document.
    ///
    /// - Parameters:
    ///   - value: Any JSON.
    ///   - reader: Who will read it; by default who runs the program.
    /// - Returns: The same with marks in place of secrets and personal data; `null` and empty values stay.
    package static func redact(_ value: JSONValue, for reader: Reader = .operators) -> JSONValue {
        switch value {
        case .object(let members):
            .object(Dictionary(uniqueKeysWithValues: members.map { ($0, Self.redact($1, named: $0, for: reader)) }))
        case .array(let elements): .array(elements.map { Self.redact($0, for: reader) })
        case .string(let text): .string(Self.redact(text, for: reader))
        case .null, .boolean, .integer, .number: value
        }
    }

    private static func redact(_ value: JSONValue, named name: String, for reader: Reader) -> JSONValue {
        let lower = name.lowercased()
        let isEmpty = value == .null || value == .string("") || value == .array([])
        if isEmpty { return value }
        if case .boolean = value { return value }
        if Self.personalNames.contains(lower) { return .string("<personal data>") }
        if !Self.harmlessNames.contains(lower), Self.secretNames.contains(where: { lower.hasSuffix($0) }) {
            return .string("<secret>")
        }
        return Self.redact(value, for: reader)
    }

    /// Redacts a text: signatures in URLs, tokens, account keys, e-mail addresses; for outsiders IP addresses too.
    ///
    /// - Parameters:
    ///   - text: Any text.
    ///   - reader: Who will read it; by default who runs the program.
    /// - Returns: The same with marks.
    package static func redact(_ text: String, for reader: Reader = .operators) -> String {
        var result = ""
        var word = ""
        func endWord() {
            result += Self.redactWord(word, for: reader)
            word = ""
        }
        for character in text {
            if Self.isSeparator(character) {
                endWord()
                result.append(character)
            } else {
                word.append(character)
            }
        }
        endWord()
        return result
    }

    private static func isSeparator(_ character: Character) -> Bool {
        character.isWhitespace || "\"'<>,;()[]{}?&|".contains(character)
    }

    private static func redactWord(_ word: String, for reader: Reader) -> String {
        let lower = word.lowercased()
        for name in ["sig=", "code=", "accountkey=", "sharedaccesskey=", "password=", "secret=", "key="]
        where lower.hasPrefix(name) && word.utf8.count > name.utf8.count {
            return String(word.prefix(name.count)) + "<secret>"
        }
        if Self.isToken(word) || Self.isAccountKey(word) { return "<secret>" }
        if Self.isAddress(word) { return "<e-mail address>" }
        return reader == .outsiders ? Self.withoutMachines(word) : word
    }

    /// A JSON web token: three parts in base64url, the first of which begins an object.
    private static func isToken(_ word: String) -> Bool {
        word.hasPrefix("eyJ") && word.utf8.count > 40
            && word.split(separator: ".", omittingEmptySubsequences: false).count == 3
    }

    /// The key of a storage account: 64 bytes in base64.
    private static func isAccountKey(_ word: String) -> Bool {
        let text = word.split(separator: ":").last.map(String.init) ?? word
        return text.utf8.count == 88 && text.hasSuffix("==")
            && text.utf8.dropLast(2).allSatisfy { byte in
                (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte) || byte == 43
                    || byte == 47
            }
    }

    private static func isAddress(_ word: String) -> Bool {
        let parts = word.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, let first = parts.first, let last = parts.last else { return false }
        return !first.isEmpty && !first.contains("/") && !first.contains(":") && last.contains(".")
            && !last.hasPrefix(".")
    }
}
