/// A rule that goes on for ever: two offsets, and when in each year one gives way to the other.
///
/// Source: <https://www.rfc-editor.org/rfc/rfc9636#name-tz-string-extension>
package struct YearlyOffsets: Sendable, Hashable {
    /// The standard offset, in seconds ahead of UTC.
    package var standard: Int
    /// The offset of daylight-saving time, in seconds ahead of UTC.
    package var daylight: Int
    /// When daylight-saving time begins, by the clocks as they show standard time.
    package var daylightStart: YearlyMoment
    /// When it ends, by the clocks as they show daylight-saving time.
    package var daylightEnd: YearlyMoment

    /// Creates a rule.
    package init(standard: Int, daylight: Int, daylightStart: YearlyMoment, daylightEnd: YearlyMoment) {
        self.standard = standard
        self.daylight = daylight
        self.daylightStart = daylightStart
        self.daylightEnd = daylightEnd
    }

    /// The two changes of a year.
    ///
    /// - Parameter year: The year.
    /// - Returns: The changes, oldest first; where they come at once, the end of daylight-saving time first, since a
    ///   zone that has it all year ends and begins it in the same second.
    func changes(in year: Int) -> [TimeZoneRules.Change] {
        let start = self.daylightStart.second(in: year) - self.standard
        let end = self.daylightEnd.second(in: year) - self.daylight
        let changes = [
            TimeZoneRules.Change(at: end, offset: self.standard),
            TimeZoneRules.Change(at: start, offset: self.daylight),
        ]
        return end <= start ? changes : changes.reversed()
    }
}
