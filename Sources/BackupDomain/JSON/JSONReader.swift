/// Reads JSON text.
struct JSONReader {
    private static let deepest = 512

    private let bytes: [UInt8]
    private var index = 0

    private init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// Reads a whole text.
    ///
    /// - Parameter bytes: The text in UTF-8.
    /// - Returns: What it holds.
    /// - Throws: `DecodingError`
    static func node(_ bytes: [UInt8]) throws -> JSONNode {
        var reader = JSONReader(bytes)
        // Looked at once and as a whole: strings begin and end at ASCII, so that what is in them is well formed too.
        guard bytes.allSatisfy({ $0 < 128 }) || String(validating: bytes, as: UTF8.self) != nil else {
            throw reader.mistake
        }
        if bytes.starts(with: [0xef, 0xbb, 0xbf]) { reader.index = 3 }
        let value = try reader.value(depth: 0)
        reader.skipBlanks()
        guard reader.index == bytes.count else { throw reader.mistake }
        return value
    }

    private mutating func value(depth: Int) throws -> JSONNode {
        self.skipBlanks()
        switch self.current {
        case 34: return .string(try self.string())
        case 123: return .object(try self.members(depth: depth + 1))
        case 91: return .array(try self.elements(depth: depth + 1))
        case 116:
            try self.take("true")
            return .boolean(true)
        case 102:
            try self.take("false")
            return .boolean(false)
        case 110:
            try self.take("null")
            return .null
        default: return try self.number()
        }
    }

    private mutating func members(depth: Int) throws -> [JSONNode.Member] {
        guard depth <= Self.deepest else { throw self.mistake }
        var members: [JSONNode.Member] = []
        self.index += 1
        self.skipBlanks()
        if self.skip(125) { return members }
        repeat {
            self.skipBlanks()
            guard self.current == 34 else { throw self.mistake }
            let name = try self.string()
            self.skipBlanks()
            guard self.skip(58) else { throw self.mistake }
            if members.isEmpty { members.reserveCapacity(8) }
            members.append(JSONNode.Member(name: name, value: try self.value(depth: depth)))
            self.skipBlanks()
        } while self.skip(44)
        guard self.skip(125) else { throw self.mistake }
        return members
    }

    private mutating func elements(depth: Int) throws -> [JSONNode] {
        guard depth <= Self.deepest else { throw self.mistake }
        var elements: [JSONNode] = []
        self.index += 1
        self.skipBlanks()
        if self.skip(93) { return elements }
        repeat {
            elements.append(try self.value(depth: depth))
            self.skipBlanks()
        } while self.skip(44)
        guard self.skip(93) else { throw self.mistake }
        return elements
    }

    // MARK: strings

    private mutating func string() throws -> String {
        self.index += 1
        let start = self.index
        while let byte = self.current, byte != 34, byte != 92, byte >= 32 { self.index += 1 }
        guard self.current == 34 else { return try self.escapedString(from: start) }
        defer { self.index += 1 }
        return String(decoding: self.bytes[start..<self.index], as: UTF8.self)
    }

    /// Reads on where a string has escapes.
    private mutating func escapedString(from start: Int) throws -> String {
        var text = Array(self.bytes[start..<self.index])
        while let byte = self.current, byte >= 32 {
            self.index += 1
            if byte == 34 { return String(decoding: text, as: UTF8.self) }
            if byte == 92 { text += try self.escape().utf8 } else { text.append(byte) }
        }
        throw self.mistake
    }

    private mutating func escape() throws -> String {
        guard let byte = self.current else { throw self.mistake }
        self.index += 1
        switch byte {
        case 34: return "\""
        case 47: return "/"
        case 92: return "\\"
        case 98: return "\u{8}"
        case 102: return "\u{c}"
        case 110: return "\n"
        case 114: return "\r"
        case 116: return "\t"
        case 117: return String(Character(try self.scalar()))
        default: throw self.mistake
        }
    }

    private mutating func scalar() throws -> Unicode.Scalar {
        let first = try self.codeUnit()
        if let scalar = Unicode.Scalar(first) { return scalar }
        // Half of a pair means nothing without the other half.
        guard first < 0xdc00, self.skip(92), self.skip(117) else { throw self.mistake }
        let second = try self.codeUnit()
        guard (0xdc00...0xdfff).contains(second),
            let scalar = Unicode.Scalar(0x10000 + (UInt32(first) - 0xd800) << 10 + UInt32(second) - 0xdc00)
        else { throw self.mistake }
        return scalar
    }

    private mutating func codeUnit() throws -> UInt16 {
        let digits = self.bytes[self.index...].prefix(4)
        guard digits.count == 4, digits.allSatisfy(Self.isHexadecimal),
            let unit = UInt16(String(decoding: digits, as: UTF8.self), radix: 16)
        else { throw self.mistake }
        self.index += 4
        return unit
    }

    private static func isHexadecimal(_ byte: UInt8) -> Bool {
        (48...57).contains(byte) || (65...70).contains(byte) || (97...102).contains(byte)
    }

    // MARK: numbers

    private mutating func number() throws -> JSONNode {
        let start = self.index
        let isNegative = self.skip(45)
        let digits = self.digits()
        guard let first = digits.first, first != 48 || digits.count == 1 else { throw self.mistake }
        var isWhole = true
        if self.skip(46) {
            isWhole = false
            guard !self.digits().isEmpty else { throw self.mistake }
        }
        if self.skip(101) || self.skip(69) {
            isWhole = false
            _ = self.skip(43) || self.skip(45)
            guard !self.digits().isEmpty else { throw self.mistake }
        }
        if isWhole, let number = Self.whole(digits, isNegative: isNegative) { return .integer(number) }
        let text = String(decoding: self.bytes[start..<self.index], as: UTF8.self)
        guard let number = Double(text), number.isFinite else { throw self.mistake }
        return Int64(exactly: number).map { .integer($0) } ?? .number(number)
    }

    private static func whole(_ digits: ArraySlice<UInt8>, isNegative: Bool) -> Int64? {
        var number: Int64 = 0
        for digit in digits {
            let (tenfold, isTooLarge) = number.multipliedReportingOverflow(by: 10)
            let value = Int64(digit - 48)
            let (next, isOver) =
                isNegative ? tenfold.subtractingReportingOverflow(value) : tenfold.addingReportingOverflow(value)
            if isTooLarge || isOver { return nil }
            number = next
        }
        return number
    }

    private mutating func digits() -> ArraySlice<UInt8> {
        let start = self.index
        while let byte = self.current, byte >= 48, byte <= 57 { self.index += 1 }
        return self.bytes[start..<self.index]
    }

    // MARK: bytes

    private var current: UInt8? { self.index < self.bytes.count ? self.bytes[self.index] : nil }

    private mutating func skipBlanks() {
        while let byte = self.current, byte == 32 || byte == 10 || byte == 13 || byte == 9 { self.index += 1 }
    }

    private mutating func skip(_ byte: UInt8) -> Bool {
        guard self.current == byte else { return false }
        self.index += 1
        return true
    }

    private mutating func take(_ word: String) throws {
        guard self.bytes[self.index...].starts(with: word.utf8) else { throw self.mistake }
        self.index += word.utf8.count
    }

    private var mistake: DecodingError {
        .dataCorrupted(
            DecodingError.Context(
                codingPath: [],
                debugDescription: "The given data was not valid JSON at byte \(self.index)"
            )
        )
    }
}
