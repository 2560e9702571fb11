/// The hash behind the template function `uniqueString`: a variant of MurmurHash of 64 bits, written in base 32.
///
/// Source: names that Azure itself computed in recorded deployments; the arithmetic is that of `MurmurHash64` in the template
/// engine, whose results templates rely on.
enum UniqueString {
    private static let alphabet = Array("abcdefghijklmnopqrstuvwxyz234567")

    /// The 13 characters for the joined arguments.
    static func text(of parts: [String]) -> String {
        var value = Self.hash(Array(parts.joined(separator: "-").utf8))
        var text = ""
        for _ in 0..<13 {
            text.append(Self.alphabet[Int(value >> 59)])
            value <<= 5
        }
        return text
    }

    private static func hash(_ bytes: [UInt8]) -> UInt64 {
        let (first, second): (UInt32, UInt32) = (0x239B_961B, 0xAB0E_9789)
        var (low, high): (UInt32, UInt32) = (0, 0)
        let whole = bytes.count / 8 * 8
        for start in stride(from: 0, to: whole, by: 8) {
            low ^= Self.mixed(Self.word(bytes[start..<start + 4]), first, 15, second)
            low = (Self.rotated(low, 19) &+ high) &* 5 &+ 0x561C_CD1B
            high ^= Self.mixed(Self.word(bytes[start + 4..<start + 8]), second, 17, first)
            high = (Self.rotated(high, 13) &+ low) &* 5 &+ 0x0BCA_A747
        }
        let tail = bytes[whole...]
        if !tail.isEmpty { low ^= Self.mixed(Self.word(tail.prefix(4)), first, 15, second) }
        if tail.count > 4 { high ^= Self.mixed(Self.word(tail.dropFirst(4)), second, 17, first) }
        low ^= UInt32(truncatingIfNeeded: bytes.count)
        high ^= UInt32(truncatingIfNeeded: bytes.count)
        low &+= high
        high &+= low
        low = Self.finished(low)
        high = Self.finished(high)
        low &+= high
        high &+= low
        return UInt64(high) << 32 | UInt64(low)
    }

    private static func word(_ bytes: ArraySlice<UInt8>) -> UInt32 {
        bytes.reversed().reduce(0) { $0 << 8 | UInt32($1) }
    }

    private static func mixed(_ word: UInt32, _ before: UInt32, _ bits: UInt32, _ after: UInt32) -> UInt32 {
        Self.rotated(word &* before, bits) &* after
    }

    private static func rotated(_ word: UInt32, _ bits: UInt32) -> UInt32 { word << bits | word >> (32 - bits) }

    private static func finished(_ word: UInt32) -> UInt32 {
        var word = word
        word = (word ^ word >> 16) &* 0x85EB_CA6B
        word = (word ^ word >> 13) &* 0xC2B2_AE35
        return word ^ word >> 16
    }
}
