extension Instance {
    /// What the name of an instance must be, in words.
    package static let nameRule = "1 to 50 letters, digits and hyphens, a letter first, a letter or digit last"

    /// Whether a text may name an API Management instance.
    ///
    /// Source: name rule of the 2024-05-01 specification.
    ///
    /// - Parameter name: The text.
    /// - Returns: Whether Azure could have such an instance.
    package static func isValidName(_ name: String) -> Bool {
        let bytes = Array(name.utf8)
        func isLetter(_ byte: UInt8) -> Bool { (65...90).contains(byte) || (97...122).contains(byte) }
        func isLetterOrDigit(_ byte: UInt8) -> Bool { isLetter(byte) || (48...57).contains(byte) }
        return (1...50).contains(bytes.count) && bytes.first.map(isLetter) == true
            && bytes.last.map(isLetterOrDigit) == true && bytes.allSatisfy { isLetterOrDigit($0) || $0 == 45 }
    }
}
