import Synchronization

/// Where jitter and nonces come from; tests give a generator with a seed.
package final class RandomSource: Sendable {
    private let generator: Mutex<any RandomNumberGenerator & Sendable>

    /// Wraps a generator.
    ///
    /// - Parameter generator: The generator.
    package init(_ generator: some RandomNumberGenerator & Sendable = SystemRandomNumberGenerator()) {
        self.generator = Mutex(generator)
    }

    /// A number from 0 up to, but not including, 1.
    func unit() -> Double {
        let bits = self.generator.withLock { $0.next() }
        return Double(bits >> 11) * 0x1p-53
    }

    /// A UUID of version 4.
    func uuid() -> String {
        var digits = Array(self.nonce())
        digits[12] = "4"
        digits[16] = "a"
        let groups = [0..<8, 8..<12, 12..<16, 16..<20, 20..<32].map { String(digits[$0]) }
        return groups.joined(separator: "-")
    }

    /// 32 hexadecimal digits.
    func nonce() -> String {
        let words = self.generator.withLock { [$0.next(), $0.next()] }
        return words.map { word in
            let text = String(word, radix: 16)
            return String(repeating: "0", count: 16 - text.count) + text
        }
        .joined()
    }
}
