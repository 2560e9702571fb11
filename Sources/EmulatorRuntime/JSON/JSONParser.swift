package import Foundation

/// Reads JSON text strictly, and remembers on which line each value begins.
///
/// Source: RFC 8259. Deeper nesting than ``maximumDepth`` is refused.
package struct JSONParser {
    /// What a text holds.
    package struct Document {
        /// The value.
        package var value: JSON
        /// The line, from 1, on which the value of each path begins; a path is written like `instances[0].tier`, the
        /// root is empty.
        package var lines: [String: Int]
    }

    /// How strictly a text is read.
    package enum Form: Sendable {
        /// As RFC 8259 says.
        case strict
        /// As Azure reads deployments: with comments, names without quotes, line breaks in strings, and a comma before a
        /// closing bracket.
        ///
        /// Source: the bodies that azure-cli sends, in which a template stands as its author wrote it.
        case lenient
    }

    /// How deep arrays and objects may be nested.
    package static let maximumDepth = 64

    private let bytes: [UInt8]
    private let keepsLines: Bool
    private let form: Form
    private var position = 0
    private var line = 1
    private var lines: [String: Int] = [:]

    /// Reads a whole text.
    ///
    /// - Parameters:
    ///   - text: The text in UTF-8; a byte order mark is skipped.
    ///   - keepsLines: Whether the lines of all paths are wanted.
    ///   - form: How strictly it is read.
    /// - Returns: The value, and the lines.
    /// - Throws: ``JSONMistake`` for the first place that is not JSON.
    package static func parse(_ text: Data, keepsLines: Bool = false, form: Form = .strict) throws -> Document {
        var parser = JSONParser(bytes: [UInt8](text), keepsLines: keepsLines, form: form)
        guard String(validating: text, as: UTF8.self) != nil else {
            throw JSONMistake(line: 1, message: "the text is not UTF-8")
        }
        if parser.bytes.starts(with: [0xEF, 0xBB, 0xBF]) { parser.position = 3 }
        let value = try parser.value(path: "", depth: 0)
        try parser.skipSpace()
        guard parser.position == parser.bytes.count else { throw parser.mistake("there is more after the value") }
        return Document(value: value, lines: parser.lines)
    }

    private init(bytes: [UInt8], keepsLines: Bool, form: Form) {
        self.bytes = bytes
        self.keepsLines = keepsLines
        self.form = form
    }

    private mutating func value(path: String, depth: Int) throws -> JSON {
        guard depth <= Self.maximumDepth else { throw self.mistake("values are nested too deeply") }
        try self.skipSpace()
        if self.keepsLines { self.lines[path] = self.line }
        guard let next = self.peek else { throw self.mistake("a value is missing") }
        switch next {
        case UInt8(ascii: "{"): return try self.object(path: path, depth: depth)
        case UInt8(ascii: "["): return try self.array(path: path, depth: depth)
        case UInt8(ascii: "\""): return .string(try self.string())
        case UInt8(ascii: "t"): return try self.word("true", .bool(true))
        case UInt8(ascii: "f"): return try self.word("false", .bool(false))
        case UInt8(ascii: "n"): return try self.word("null", .null)
        default: return try self.number()
        }
    }

    private mutating func object(path: String, depth: Int) throws -> JSON {
        self.position += 1
        var members: [JSON.Member] = []
        try self.skipSpace()
        if self.take("}") { return .object([]) }
        repeat {
            try self.skipSpace()
            if self.endsAfterComma("}") { break }
            let name = try self.name()
            try self.skipSpace()
            guard self.take(":") else { throw self.mistake("a colon is missing after \"\(name)\"") }
            let inner = self.keepsLines ? (path.isEmpty ? name : "\(path).\(name)") : ""
            members.append(JSON.Member(name, try self.value(path: inner, depth: depth + 1)))
            try self.skipSpace()
        } while self.take(",")
        guard self.take("}") else { throw self.mistake("a comma or a closing brace is missing") }
        return .object(members)
    }

    private mutating func array(path: String, depth: Int) throws -> JSON {
        self.position += 1
        var elements: [JSON] = []
        try self.skipSpace()
        if self.take("]") { return .array([]) }
        repeat {
            try self.skipSpace()
            if self.endsAfterComma("]") { break }
            let inner = self.keepsLines ? "\(path)[\(elements.count)]" : ""
            elements.append(try self.value(path: inner, depth: depth + 1))
            try self.skipSpace()
        } while self.take(",")
        guard self.take("]") else { throw self.mistake("a comma or a closing bracket is missing") }
        return .array(elements)
    }

    private mutating func word(_ word: String, _ value: JSON) throws -> JSON {
        guard self.bytes[self.position...].starts(with: word.utf8) else { throw self.mistake("this is not a value") }
        self.position += word.utf8.count
        return value
    }

    private mutating func number() throws -> JSON {
        let start = self.position
        _ = self.take("-")
        if !self.take("0") { try self.digits() }
        if self.take(".") { try self.digits() }
        if self.take("e") || self.take("E") {
            if !self.take("+") { _ = self.take("-") }
            try self.digits()
        }
        return .number(String(decoding: self.bytes[start..<self.position], as: UTF8.self))
    }

    private mutating func digits() throws {
        let start = self.position
        while let byte = self.peek, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) { self.position += 1 }
        guard self.position > start else { throw self.mistake("this is not a value") }
    }
}

extension JSONParser {
    private mutating func string() throws -> String {
        self.position += 1
        var text: [UInt8] = []
        while let byte = self.peek {
            self.position += 1
            switch byte {
            case UInt8(ascii: "\""): return String(decoding: text, as: UTF8.self)
            case UInt8(ascii: "\\"): try text += self.escape()
            case _ where self.form == .lenient && [0x09, 0x0A, 0x0D].contains(byte):
                if byte == 0x0A { self.line += 1 }
                text.append(byte)
            case 0..<0x20: throw self.mistake("a control character stands in a string")
            default: text.append(byte)
            }
        }
        throw self.mistake("a string is not closed")
    }

    private mutating func escape() throws -> [UInt8] {
        guard let byte = self.peek else { throw self.mistake("a string is not closed") }
        self.position += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return [byte]
        case UInt8(ascii: "b"): return [0x08]
        case UInt8(ascii: "f"): return [0x0C]
        case UInt8(ascii: "n"): return [0x0A]
        case UInt8(ascii: "r"): return [0x0D]
        case UInt8(ascii: "t"): return [0x09]
        case UInt8(ascii: "u"): return Array(String(try self.escapedCharacter()).utf8)
        default: throw self.mistake("a backslash is followed by something that it cannot escape")
        }
    }

    private mutating func escapedCharacter() throws -> Character {
        let first = try self.hexadecimal()
        if let scalar = Unicode.Scalar(first) { return Character(scalar) }
        // Half of a surrogate pair; alone it stands for nothing, and becomes the replacement character.
        let rest = self.bytes[self.position...]
        guard (0xD800..<0xDC00).contains(first), rest.starts(with: "\\u".utf8) else { return "\u{FFFD}" }
        self.position += 2
        let second = try self.hexadecimal()
        guard (0xDC00..<0xE000).contains(second) else { return "\u{FFFD}" }
        let combined = 0x1_0000 + ((first - 0xD800) << 10) + (second - 0xDC00)
        return Unicode.Scalar(combined).map { Character($0) } ?? "\u{FFFD}"
    }

    private mutating func hexadecimal() throws -> UInt32 {
        let digits = self.bytes[self.position...].prefix(4)
        let text = String(decoding: digits, as: UTF8.self)
        guard digits.count == 4, text.allSatisfy(\.isHexDigit), let value = UInt32(text, radix: 16) else {
            throw self.mistake("\\u is not followed by four hexadecimal digits")
        }
        self.position += 4
        return value
    }

    private var peek: UInt8? { self.position < self.bytes.count ? self.bytes[self.position] : nil }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard self.peek == UInt8(ascii: character) else { return false }
        self.position += 1
        return true
    }

    private mutating func skipSpace() throws {
        while let byte = self.peek {
            if [0x20, 0x09, 0x0A, 0x0D].contains(byte) {
                if byte == 0x0A { self.line += 1 }
                self.position += 1
            } else if self.form == .lenient, byte == UInt8(ascii: "/") {
                try self.skipComment()
            } else {
                return
            }
        }
    }

    private func mistake(_ message: String) -> JSONMistake { JSONMistake(line: self.line, message: message) }
}

extension JSONParser {
    /// Whether a closing bracket follows here although a comma promised more.
    private func endsAfterComma(_ closing: Unicode.Scalar) -> Bool {
        self.form == .lenient && self.peek == UInt8(ascii: closing)
    }

    private mutating func name() throws -> String {
        if self.peek == UInt8(ascii: "\"") { return try self.string() }
        let start = self.position
        while self.form == .lenient, let byte = self.peek, Self.isNameByte(byte) { self.position += 1 }
        guard self.position > start else { throw self.mistake("a member's name in quotes is missing") }
        return String(decoding: self.bytes[start..<self.position], as: UTF8.self)
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        (97...122).contains(byte) || (65...90).contains(byte) || (48...57).contains(byte)
            || [36, 45, 95].contains(byte)
    }

    private mutating func skipComment() throws {
        let rest = self.bytes[self.position...]
        if rest.starts(with: "//".utf8) {
            while let byte = self.peek, byte != 0x0A { self.position += 1 }
        } else if rest.starts(with: "/*".utf8) {
            self.position += 2
            while !self.bytes[self.position...].starts(with: "*/".utf8) {
                guard let byte = self.peek else { throw self.mistake("a comment is not closed") }
                if byte == 0x0A { self.line += 1 }
                self.position += 1
            }
            self.position += 2
        } else {
            throw self.mistake("this is not a value")
        }
    }
}
