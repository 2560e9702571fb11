/// Writes values as JSON text: members sorted by name, slashes as they are.
struct JSONWriter {
    private static let digits = Array("0123456789abcdef".utf8)

    let isPretty: Bool
    private(set) var bytes: [UInt8] = []
    private var depth = 0

    /// Creates a writer.
    ///
    /// - Parameter isPretty: Whether to break lines, and to indent by two blanks.
    init(isPretty: Bool) { self.isPretty = isPretty }

    /// Writes a value.
    ///
    /// - Parameter value: The value.
    mutating func write(_ value: JSONValue) {
        switch value {
        case .null: self.bytes += "null".utf8
        case .boolean(let value): self.bytes += (value ? "true" : "false").utf8
        case .integer(let number): self.bytes += String(number).utf8
        case .number(let number): self.write(number)
        case .string(let text): self.write(text)
        case .array(let elements): self.write(elements, between: 91, 93) { writer, element in writer.write(element) }
        case .object(let members):
            let sorted = members.sorted { $0.key < $1.key }
            self.write(sorted, between: 123, 125) { writer, member in
                writer.write(member.key)
                writer.bytes += (writer.isPretty ? " : " : ":").utf8
                writer.write(member.value)
            }
        }
    }

    private mutating func write<Part>(
        _ parts: [Part],
        between open: UInt8,
        _ close: UInt8,
        _ writePart: (inout Self, Part) -> Void
    ) {
        self.bytes.append(open)
        self.depth += 1
        self.breakLine()
        for (index, part) in parts.enumerated() {
            if index > 0 {
                self.bytes.append(44)
                self.breakLine()
            }
            writePart(&self, part)
        }
        // An empty pair has a line of its own between, without blanks.
        if self.isPretty, parts.isEmpty { self.bytes.removeLast(2 * self.depth) }
        self.depth -= 1
        self.breakLine()
        self.bytes.append(close)
    }

    private mutating func breakLine() {
        guard self.isPretty else { return }
        self.bytes.append(10)
        for _ in 0..<(2 * self.depth) { self.bytes.append(32) }
    }

    private mutating func write(_ number: Double) {
        let text = number.description
        self.bytes += (text.hasSuffix(".0") ? text.dropLast(2) : text[...]).utf8
    }

    private mutating func write(_ text: String) {
        self.bytes.append(34)
        if text.utf8.contains(where: { $0 < 32 || $0 == 34 || $0 == 92 }) {
            for byte in text.utf8 { self.writeEscaped(byte) }
        } else {
            self.bytes += text.utf8
        }
        self.bytes.append(34)
    }

    private mutating func writeEscaped(_ byte: UInt8) {
        switch byte {
        case 34, 92: self.bytes += [92, byte]
        case 8: self.bytes += [92, 98]
        case 9: self.bytes += [92, 116]
        case 10: self.bytes += [92, 110]
        case 12: self.bytes += [92, 102]
        case 13: self.bytes += [92, 114]
        case 0..<32:
            self.bytes += "\\u00".utf8
            self.bytes += [Self.digits[Int(byte >> 4)], Self.digits[Int(byte & 15)]]
        default: self.bytes.append(byte)
        }
    }
}
