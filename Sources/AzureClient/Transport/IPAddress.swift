/// An IPv4 or IPv6 address by its bytes; an IPv4 address mapped into IPv6 is taken for IPv4.
///
/// Source: <https://www.rfc-editor.org/rfc/rfc4291#section-2.2>
struct IPAddress: Hashable, Sendable {
    /// 4 or 16 bytes, the highest first.
    let bytes: [UInt8]

    /// Reads an address.
    ///
    /// - Parameter text: Dotted decimal or colon form, without brackets and without a zone.
    init?(_ text: String) {
        guard text.utf8.count <= 45, let bytes = text.contains(":") ? Self.version6(text) : Self.version4(text[...])
        else { return nil }
        let mapped = [UInt8](repeating: 0, count: 10) + [255, 255]
        self.bytes = bytes.count == 16 && Array(bytes[..<12]) == mapped ? Array(bytes[12...]) : bytes
    }

    /// Whether the address is of the machine itself: 127.0.0.0/8 or ::1.
    var isLoopback: Bool {
        self.bytes.count == 4
            ? self.bytes[0] == 127 : self.bytes.dropLast().allSatisfy { $0 == 0 } && self.bytes[15] == 1
    }

    /// Whether the address is of the link: 169.254.0.0/16 or fe80::/10.
    var isLinkLocal: Bool {
        self.bytes.count == 4
            ? self.bytes[0] == 169 && self.bytes[1] == 254 : self.bytes[0] == 0xfe && self.bytes[1] & 0xc0 == 0x80
    }

    /// Whether the address has the same first bits as another.
    ///
    /// - Parameters:
    ///   - network: The other address.
    ///   - prefix: How many bits count.
    /// - Returns: Whether it lies in the network.
    func isIn(_ network: IPAddress, prefix: Int) -> Bool {
        guard self.bytes.count == network.bytes.count, (0...self.bytes.count * 8).contains(prefix) else { return false }
        for index in 0..<self.bytes.count {
            let bits = min(8, max(0, prefix - index * 8))
            let mask = UInt8(truncatingIfNeeded: 0xff00 >> bits)
            if (self.bytes[index] ^ network.bytes[index]) & mask != 0 { return false }
        }
        return true
    }

    private static func version4(_ text: Substring) -> [UInt8]? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 4 else { return nil }
        let bytes = parts.compactMap { part in
            (1...3).contains(part.utf8.count) && part.utf8.allSatisfy { (48...57).contains($0) } ? UInt8(part) : nil
        }
        return bytes.count == 4 ? bytes : nil
    }

    private static func version6(_ text: String) -> [UInt8]? {
        let halves = text.split(separator: "::", omittingEmptySubsequences: false)
        guard halves.count <= 2, let head = Self.groups(halves[0]) else { return nil }
        guard halves.count == 2 else { return head.count == 16 ? head : nil }
        guard let tail = Self.groups(halves[1]), head.count + tail.count < 16 else { return nil }
        return head + [UInt8](repeating: 0, count: 16 - head.count - tail.count) + tail
    }

    private static func groups(_ text: Substring) -> [UInt8]? {
        if text.isEmpty { return [] }
        var bytes: [UInt8] = []
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        for (index, part) in parts.enumerated() {
            if index == parts.count - 1, part.contains("."), let last = Self.version4(part) {
                bytes += last
            } else if (1...4).contains(part.utf8.count), let value = UInt16(part, radix: 16), part.first != "+" {
                bytes += [UInt8(value >> 8), UInt8(value & 0xff)]
            } else {
                return nil
            }
        }
        return bytes.count <= 16 ? bytes : nil
    }
}
