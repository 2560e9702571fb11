/// A small generator with a seed: the same numbers on every machine, and cheap to split into streams.
///
/// Source: SplitMix64, <https://doi.org/10.1145/2660193.2660195>
package struct SplitMix: RandomNumberGenerator, Sendable {
    private var state: UInt64

    /// Creates a generator.
    ///
    /// - Parameter seed: Where it begins.
    package init(seed: UInt64) { self.state = seed }

    package mutating func next() -> UInt64 {
        self.state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = self.state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }

    /// A stream of its own, so that draws of one kind do not shift those of another.
    ///
    /// - Parameter label: Names the stream.
    /// - Returns: A generator that begins elsewhere.
    package func stream(_ label: UInt64) -> SplitMix {
        var copy = SplitMix(seed: self.state ^ (label &* 0xd6e8_feb8_6659_fd93))
        return SplitMix(seed: copy.next())
    }

    /// The next number, without taking it.
    var peek: UInt64 {
        var copy = self
        return copy.next()
    }

    /// A number from 0 up to, but not including, 1.
    mutating func unit() -> Double { Double(self.next() >> 11) * 0x1p-53 }

    /// Throws a die.
    ///
    /// - Parameter probability: From 0 to 1.
    /// - Returns: Whether it happens.
    mutating func happens(_ probability: Double) -> Bool { probability > 0 && self.unit() < probability }

    /// Draws a whole number.
    ///
    /// - Parameter range: The numbers, all equally likely.
    /// - Returns: One of them.
    mutating func whole(in range: ClosedRange<Int64>) -> Int64 {
        // The width is far below 2⁶⁴ here, so that the bias of the remainder does not matter.
        range.lowerBound + Int64(self.next() % UInt64(range.upperBound - range.lowerBound + 1))
    }
}
