/// A stretch of time in which a zone's clocks differ from UTC by the same amount.
struct OffsetPeriod: Sendable, Hashable {
    /// Its first second, since 1970; `Int.min` for the first period.
    var start: Int
    /// The first second after it; `Int.max` for the last period.
    var end: Int
    /// How far the clocks are ahead of UTC, in seconds.
    var offset: Int

    /// The minutes that the clocks show in this period, since 1970 by their own count.
    var localMinutes: Range<Int> {
        let first = self.start == .min ? .min : (self.start + self.offset).dividedUp(by: 60)
        let end = self.end == .max ? .max : (self.end + self.offset).dividedUp(by: 60)
        return first..<end
    }

    /// The second at which the clocks show a minute, if they did so throughout.
    ///
    /// - Parameter minute: The minute, since 1970 by the clocks' own count.
    /// - Returns: The second, since 1970.
    func second(ofLocalMinute minute: Int) -> Int { minute * 60 - self.offset }
}
