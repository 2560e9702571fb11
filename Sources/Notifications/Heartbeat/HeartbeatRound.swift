package import BackupDomain

/// Which signs of life runs make: one when the first of several begins, one when the last has ended.
///
/// A function of what happens; who sends is another's business.
package struct HeartbeatRound: Sendable, Hashable {
    /// A sign of life.
    package struct Sign: Sendable, Hashable {
        /// What is told.
        package var signal: Heartbeat.Signal
        /// The first run, which pairs a beginning with its end; nil where that is not known.
        package var run: RunID?
    }

    private var first: RunID?
    private var hasBegun = false
    private var underWay = 0
    private var holds = 0
    private var isGood = true
    private var isLeft = false

    /// Creates a round in which nothing has begun.
    package init() {}

    /// Keeps the end back until ``release()``: more runs are to come.
    package mutating func hold() { self.holds += 1 }

    /// Lets the end come, once all that began has ended.
    ///
    /// - Returns: The sign to give; nil for none.
    package mutating func release() -> Sign? {
        self.holds = max(0, self.holds - 1)
        return self.end()
    }

    /// A run begins.
    ///
    /// - Parameter run: The run; nil where it is not known which it would be.
    /// - Returns: The sign to give; nil for none.
    package mutating func begin(_ run: RunID?) -> Sign? {
        self.underWay += 1
        guard !self.hasBegun else { return nil }
        (self.hasBegun, self.first) = (true, run)
        return Sign(signal: .start, run: run)
    }

    /// A run has ended.
    ///
    /// - Parameter isGood: Whether it ended verified; nil where it is left to another process, which gives the sign.
    /// - Returns: The sign to give; nil for none.
    package mutating func end(_ isGood: Bool?) -> Sign? {
        self.underWay = max(0, self.underWay - 1)
        if let isGood { self.isGood = self.isGood && isGood } else { self.isLeft = true }
        return self.end()
    }

    private mutating func end() -> Sign? {
        guard self.underWay == 0, self.holds == 0, self.hasBegun else { return nil }
        // What is left under way is neither good nor bad yet, unless something else went wrong.
        let sign = self.isLeft && self.isGood ? nil : Sign(signal: self.isGood ? .success : .fail, run: self.first)
        self = Self()
        return sign
    }
}
