/// A 64-bit hash that is the same in every process and release, for names and ids that must be found again.
///
/// FNV-1a with a final mix; it guards against accidents, not against attackers: whoever may write resource ids may
/// also write records.
///
/// Source: <https://www.rfc-editor.org/rfc/rfc9923> (FNV-1a), the finaliser of SplitMix64.
package struct StableHash: Sendable {
    /// The hash so far.
    package private(set) var value: UInt64 = 0xcbf2_9ce4_8422_2325

    /// Hashes a text.
    ///
    /// - Parameter text: What to hash, by its UTF-8 bytes.
    package init(_ text: String) {
        for byte in text.utf8 {
            self.value = (self.value ^ UInt64(byte)) &* 0x0000_0100_0000_01b3
        }
        self.value = (self.value ^ (self.value >> 30)) &* 0xbf58_476d_1ce4_e5b9
        self.value = (self.value ^ (self.value >> 27)) &* 0x94d0_49bb_1331_11eb
        self.value ^= self.value >> 31
    }

    /// Writes the hash's first digits in lower-case hexadecimal.
    ///
    /// - Parameter digits: How many, from 1 to 16.
    /// - Returns: Exactly that many digits.
    package func hex(_ digits: Int) -> String {
        String(Self.hexadecimal(self.value, digits: 16).prefix(digits))
    }

    /// Writes a number in lower-case hexadecimal of a fixed width.
    ///
    /// - Parameters:
    ///   - value: The number.
    ///   - digits: The width; higher digits are cut off.
    /// - Returns: Exactly `digits` digits.
    static func hexadecimal(_ value: UInt64, digits: Int) -> String {
        let text = String(value, radix: 16)
        return String((String(repeating: "0", count: max(0, digits - text.count)) + text).suffix(digits))
    }
}
