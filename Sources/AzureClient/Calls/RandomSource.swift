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
        var digits = self.digits()
        digits[12] = 52
        digits[16] = 97
        for place in [20, 16, 12, 8] { digits.insert(45, at: place) }
        return String(decoding: digits, as: UTF8.self)
    }

    /// 32 hexadecimal digits.
    func nonce() -> String { String(decoding: self.digits(), as: UTF8.self) }

    private func digits() -> [UInt8] {
        let words: [UInt64] = self.generator.withLock { [$0.next(), $0.next()] }
        return words.flatMap { word in
            stride(from: 60, through: 0, by: -4).map { shift in
                let digit = UInt8(word >> UInt64(shift) & 15)
                return digit < 10 ? digit + 48 : digit + 87
            }
        }
    }
}
