import FoundationEssentials

/// Indented JSON with sorted keys, as the catalog's documents are written, read line by line: no decoder, since the oracle
/// looks at every single write.
struct IndentedJSON {
    /// One line that holds a member or begins an element.
    struct Line {
        /// How many blanks stand before it.
        var indent: Int
        /// The member's key; empty for an element of an array.
        var key: String
        private var bytes: ArraySlice<UInt8>

        fileprivate init(indent: Int, key: String, bytes: ArraySlice<UInt8>) {
            self.indent = indent
            self.key = key
            self.bytes = bytes
        }

        /// The value; a string comes without its quotes and its escapes.
        var value: String {
            var value = self.bytes
            if value.last == 44 { value = value.dropLast() }
            if value.first == 34 { value = value.dropFirst().dropLast() }
            return value.contains(92)
                ? String(decoding: value.filter { $0 != 92 }, as: UTF8.self) : String(decoding: value, as: UTF8.self)
        }
    }

    private let bytes: [UInt8]

    /// Takes a document.
    init(_ content: Data) { self.bytes = [UInt8](content) }

    /// Whether a text stands anywhere in the document.
    func contains(_ text: String) -> Bool {
        let wanted = Array(text.utf8)
        guard let first = wanted.first, self.bytes.count >= wanted.count else { return false }
        for index in 0...(self.bytes.count - wanted.count) where self.bytes[index] == first {
            if self.bytes[index..<(index + wanted.count)].elementsEqual(wanted) { return true }
        }
        return false
    }

    /// Goes through the lines down to a depth.
    ///
    /// - Parameters:
    ///   - deepest: The largest indent that is of interest.
    ///   - body: Told each line with a member, and each that begins an object in an array or is a text in one.
    func forEachLine(upTo deepest: Int, _ body: (Line) -> Void) {
        var start = 0
        while start < self.bytes.count {
            let end = self.bytes[start...].firstIndex(of: 10) ?? self.bytes.endIndex
            defer { start = end + 1 }
            var index = start
            while index < end, self.bytes[index] == 32 { index += 1 }
            let indent = index - start
            guard indent <= deepest, index < end else { continue }
            if self.bytes[index] == 123 {
                body(Line(indent: indent, key: "", bytes: []))
            } else if self.bytes[index] == 34,
                let quote = self.bytes[(index + 1)..<end].firstIndex(of: 34)
            {
                guard quote + 4 < end else {
                    body(Line(indent: indent, key: "", bytes: self.bytes[index..<end]))
                    continue
                }
                let key = String(decoding: self.bytes[(index + 1)..<quote], as: UTF8.self)
                body(Line(indent: indent, key: key, bytes: self.bytes[(quote + 4)..<end]))
            }
        }
    }
}
