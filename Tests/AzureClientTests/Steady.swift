/// A generator that always says the middle: jitter is half of its range.
struct Steady: RandomNumberGenerator, Sendable {
    mutating func next() -> UInt64 { 1 << 63 }
}
