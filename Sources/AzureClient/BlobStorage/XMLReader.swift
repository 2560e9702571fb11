/// Reads the XML that the blob service sends: elements, attributes, text, comments, CDATA; no document types.
///
/// Written here because Foundation's parser would bring libxml2 and ICU into a program that must start within
/// milliseconds, and because what a service could blow up (entities, depth, number) is bounded.
///
/// Source: <https://www.w3.org/TR/xml/>
struct XMLReader {
    private static let mostNodes = 200_000
    private static let deepest = 32

    private let bytes: [UInt8]
    private var index = 0
    private var count = 0

    private init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// Reads a document.
    ///
    /// - Parameter bytes: The text in UTF-8.
    /// - Returns: The root element; nil where the text is not well formed or goes past the bounds.
    static func root(_ bytes: [UInt8]) -> XMLNode? {
        var reader = XMLReader(bytes)
        if bytes.starts(with: [0xef, 0xbb, 0xbf]) { reader.index = 3 }
        guard reader.skipMisc(), let root = reader.element(depth: 0), reader.skipMisc(), reader.index == bytes.count
        else {
            return nil
        }
        return root
    }

    /// Skips blanks, comments and instructions; false where something else that begins with `<!` comes.
    private mutating func skipMisc() -> Bool {
        while true {
            self.skipBlanks()
            if self.take("<?") {
                guard self.skip(past: "?>") else { return false }
            } else if self.take("<!--") {
                guard self.skip(past: "-->") else { return false }
            } else {
                return !self.looksAt("<!")
            }
        }
    }

    private mutating func element(depth: Int) -> XMLNode? {
        self.count += 1
        guard depth < Self.deepest, self.count <= Self.mostNodes, self.take("<"), let name = self.name() else {
            return nil
        }
        var node = XMLNode(name: name)
        while true {
            self.skipBlanks()
            if self.take("/>") { return node }
            if self.take(">") { break }
            guard let key = self.name() else { return nil }
            self.skipBlanks()
            guard self.take("=") else { return nil }
            self.skipBlanks()
            guard let quote = self.current, quote == 34 || quote == 39 else { return nil }
            self.index += 1
            guard let value = self.text(until: quote) else { return nil }
            self.index += 1
            node.attributes[key] = value
        }
        return self.content(of: node, depth: depth)
    }

    private mutating func content(of node: XMLNode, depth: Int) -> XMLNode? {
        var node = node
        while let byte = self.current {
            // Most of what comes is text or a tag: a look at two bytes tells.
            let next = self.index + 1 < self.bytes.count ? self.bytes[self.index + 1] : 0
            if byte != 60 {
                guard let text = self.text(until: 60) else { return nil }
                node.text += text
            } else if next != 33, next != 47, next != 63 {
                guard let child = self.element(depth: depth + 1) else { return nil }
                node.children.append(child)
            } else if self.take("</") {
                guard self.name() == node.name else { return nil }
                self.skipBlanks()
                return self.take(">") ? node : nil
            } else if self.take("<!--") {
                guard self.skip(past: "-->") else { return nil }
            } else if self.take("<![CDATA[") {
                let start = self.index
                guard self.skip(past: "]]>") else { return nil }
                node.text += String(decoding: self.bytes[start..<(self.index - 3)], as: UTF8.self)
            } else {
                guard self.take("<?"), self.skip(past: "?>") else { return nil }
            }
        }
        return nil
    }

    /// Reads text with its references up to a byte, which stays.
    private mutating func text(until end: UInt8) -> String? {
        let start = self.index
        while let byte = self.current, byte != end, byte != 38 { self.index += 1 }
        var result = Array(self.bytes[start..<self.index])
        while let byte = self.current, byte != end {
            self.index += 1
            guard byte == 38 else {
                result.append(byte)
                continue
            }
            guard let semicolon = self.bytes[self.index...].prefix(12).firstIndex(of: 59) else { return nil }
            let name = String(decoding: self.bytes[self.index..<semicolon], as: UTF8.self)
            guard let character = Self.character(name) else { return nil }
            result += Array(String(character).utf8)
            self.index = semicolon + 1
        }
        return self.current == nil ? nil : String(decoding: result, as: UTF8.self)
    }

    private static func character(_ name: String) -> Character? {
        switch name {
        case "lt": return "<"
        case "gt": return ">"
        case "amp": return "&"
        case "quot": return "\""
        case "apos": return "'"
        default:
            let value =
                name.hasPrefix("#x")
                ? UInt32(name.dropFirst(2), radix: 16) : name.hasPrefix("#") ? UInt32(name.dropFirst()) : nil
            return value.flatMap(Unicode.Scalar.init).map(Character.init)
        }
    }

    private mutating func name() -> String? {
        let start = self.index
        while let byte = self.current, Self.isNameByte(byte) { self.index += 1 }
        return start == self.index ? nil : String(decoding: self.bytes[start..<self.index], as: UTF8.self)
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case 48...58, 65...90, 97...122, 45, 46, 95, 128...255: true
        default: false
        }
    }

    private var current: UInt8? { self.index < self.bytes.count ? self.bytes[self.index] : nil }

    private mutating func skipBlanks() {
        while let byte = self.current, byte == 32 || byte == 9 || byte == 10 || byte == 13 { self.index += 1 }
    }

    private func looksAt(_ text: String) -> Bool {
        var place = self.index
        for byte in text.utf8 {
            guard place < self.bytes.count, self.bytes[place] == byte else { return false }
            place += 1
        }
        return true
    }

    private mutating func take(_ text: String) -> Bool {
        guard self.looksAt(text) else { return false }
        self.index += text.utf8.count
        return true
    }

    private mutating func skip(past text: String) -> Bool {
        while self.index < self.bytes.count {
            if self.take(text) { return true }
            self.index += 1
        }
        return false
    }
}
