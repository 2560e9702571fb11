package import Foundation

/// Reads the small XML documents that Azure's clients and services send each other.
///
/// Document types and entities other than XML's own five are refused, so nothing can be expanded or fetched. Attributes
/// are checked for form and dropped.
package struct XMLReader {
    /// The longest document that is read, but for block lists, whose 50,000 ids may take more.
    package static let maximumLength = 1 << 20
    private static let maximumDepth = 32
    private static let entities: [String: Unicode.Scalar] = [
        "amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'",
    ]

    private let bytes: [UInt8]
    private var position = 0

    private init(_ data: Data) { self.bytes = [UInt8](data) }

    /// Reads a whole document.
    ///
    /// - Parameters:
    ///   - data: The document in UTF-8.
    ///   - limit: The longest document that is read, in bytes.
    /// - Returns: The root element.
    /// - Throws: ``XMLMistake`` where it is longer, or not such a document.
    package static func read(_ data: Data, limit: Int = Self.maximumLength) throws(XMLMistake) -> XMLElement {
        guard data.count <= limit else { throw .tooLong(limit: limit) }
        var reader = Self(data)
        if reader.bytes.starts(with: [0xEF, 0xBB, 0xBF]) { reader.position = 3 }
        try reader.skipMisc()
        guard reader.take("<") else { throw .malformed }
        let root = try reader.element(depth: 0)
        try reader.skipMisc()
        guard reader.position == reader.bytes.count else { throw .malformed }
        return root
    }

    private mutating func element(depth: Int) throws(XMLMistake) -> XMLElement {
        guard depth < Self.maximumDepth else { throw .malformed }
        var element = XMLElement(name: try self.name())
        try self.attributes()
        if self.take("/>") { return element }
        guard self.take(">") else { throw .malformed }
        var text: [UInt8] = []
        while true {
            guard let next = self.peek else { throw .malformed }
            if next != UInt8(ascii: "<") {
                try self.character(into: &text)
            } else if self.take("</") {
                guard try self.name() == element.name else { throw .malformed }
                self.skipSpace()
                guard self.take(">") else { throw .malformed }
                break
            } else if self.take("<!--") {
                try self.skip(past: "-->")
            } else if self.take("<![CDATA[") {
                let start = self.position
                try self.skip(past: "]]>")
                text += self.bytes[start..<(self.position - 3)]
            } else if self.take("<?") {
                try self.skip(past: "?>")
            } else {
                self.position += 1
                element.children.append(try self.element(depth: depth + 1))
            }
        }
        guard let decoded = String(validating: text, as: UTF8.self) else { throw .malformed }
        element.text = decoded
        return element
    }

    private mutating func name() throws(XMLMistake) -> String {
        let start = self.position
        while let byte = self.peek, Self.isNameByte(byte) { self.position += 1 }
        guard self.position > start, let name = String(validating: self.bytes[start..<self.position], as: UTF8.self)
        else { throw .malformed }
        return name
    }

    private mutating func attributes() throws(XMLMistake) {
        while true {
            self.skipSpace()
            guard let byte = self.peek, Self.isNameByte(byte) else { return }
            _ = try self.name()
            self.skipSpace()
            guard self.take("=") else { throw .malformed }
            self.skipSpace()
            guard let quote = self.peek, quote == 34 || quote == 39 else { throw .malformed }
            self.position += 1
            while let byte = self.peek, byte != quote {
                guard byte != UInt8(ascii: "<") else { throw .malformed }
                self.position += 1
            }
            guard self.peek == quote else { throw .malformed }
            self.position += 1
        }
    }

    private mutating func character(into text: inout [UInt8]) throws(XMLMistake) {
        guard self.take("&") else {
            text.append(self.bytes[self.position])
            self.position += 1
            return
        }
        let start = self.position
        while let byte = self.peek, byte != UInt8(ascii: ";"), self.position - start < 10 { self.position += 1 }
        let name = String(decoding: self.bytes[start..<self.position], as: UTF8.self)
        guard self.take(";"), let scalar = Self.scalar(named: name) else { throw .malformed }
        text += Array(String(scalar).utf8)
    }

    private static func scalar(named name: String) -> Unicode.Scalar? {
        guard name.hasPrefix("#") else { return self.entities[name] }
        let digits = name.dropFirst()
        let value = digits.hasPrefix("x") ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
        return value.flatMap { $0 == 0 ? nil : Unicode.Scalar($0) }
    }

    private mutating func skipMisc() throws(XMLMistake) {
        while true {
            self.skipSpace()
            if self.take("<?") {
                try self.skip(past: "?>")
            } else if self.take("<!--") {
                try self.skip(past: "-->")
            } else {
                return
            }
        }
    }

    private mutating func skip(past end: String) throws(XMLMistake) {
        while self.position < self.bytes.count {
            if self.take(end) { return }
            self.position += 1
        }
        throw .malformed
    }

    private mutating func skipSpace() {
        while let byte = self.peek, byte == 32 || (9...10).contains(byte) || byte == 13 { self.position += 1 }
    }

    private mutating func take(_ text: String) -> Bool {
        guard self.bytes[self.position...].starts(with: text.utf8) else { return false }
        self.position += text.utf8.count
        return true
    }

    private var peek: UInt8? { self.position < self.bytes.count ? self.bytes[self.position] : nil }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        (97...122).contains(byte) || (65...90).contains(byte) || (48...57).contains(byte) || byte >= 128
            || [45, 46, 58, 95].contains(byte)
    }
}
