/// Addresses of machines, wherever they stand: a URL, a proxy's setting, an error of the network.
extension Redaction {
    private static let mark = "<address>"

    /// Takes out the IP addresses of a word.
    ///
    /// - Parameter word: A text without white space, brackets and quotation marks.
    /// - Returns: The same with marks; port and path stay.
    static func withoutMachines(_ word: String) -> String {
        if self.isVersion6(word) { return self.mark }
        guard word.utf8.filter({ $0 == UInt8(ascii: ".") }).count >= 3 else { return word }
        var (result, part) = ("", "")
        func endPart() {
            // A sentence may end with an address.
            let end = part.reversed().prefix { $0 == "." }
            let address = String(part.dropLast(end.count))
            result += (self.isVersion4(address) ? self.mark : address) + end
            part = ""
        }
        for character in word {
            if character == "." || self.isWordly(character) {
                part.append(character)
            } else {
                endPart()
                result.append(character)
            }
        }
        endPart()
        return result
    }

    private static func isWordly(_ character: Character) -> Bool {
        character.isLetter || character.isNumber || character == "-" || character == "_"
    }

    private static func isVersion4(_ text: String) -> Bool {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4
            && parts.allSatisfy { part in
                (1...3).contains(part.utf8.count) && part.utf8.allSatisfy { (48...57).contains($0) }
                    && Int(part).map { $0 <= 255 } ?? false
            }
    }

    /// Eight groups, or fewer with two colons in a row; times of day have neither.
    private static func isVersion6(_ text: String) -> Bool {
        let address = text.prefix { $0 != "%" }
        guard address.utf8.count >= 2, address.allSatisfy({ $0.isHexDigit || $0 == ":" || $0 == "." }) else {
            return false
        }
        let groups = address.split(separator: ":", omittingEmptySubsequences: false)
        guard groups.dropLast().allSatisfy({ $0.utf8.count <= 4 }) else { return false }
        return address.contains("::") ? groups.count <= 9 : groups.count == 8
    }
}
