import EmulatorRuntime

extension Timestamp {
    /// Reads a date, or a date with a time, in the forms of ISO 8601 that templates and services write.
    ///
    /// Fractions beyond a tick are cut off. A text without a zone has no offset.
    ///
    /// - Parameter text: Such as `2026-11-23`, `2026-11-23T01:00`, `2026-11-23 01:00:00Z`, `2026-11-23T01:00:00.5+01:00`.
    package init?(_ text: String) {
        let pattern =
            /(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?)?\s*(Z|z|[+-]\d{2}:?\d{2})?/
        guard let match = text.trimmingPrefix(while: \.isWhitespace).wholeMatch(of: pattern),
            let year = Int(match.1), let month = Int(match.2), let day = Int(match.3), year > 0,
            (1...12).contains(month)
        else { return nil }
        let first = CalendarInstant.days(year: year, month: month, day: 1)
        let next = CalendarInstant.days(year: month == 12 ? year + 1 : year, month: month == 12 ? 1 : month + 1, day: 1)
        let (hour, minute, second) = (
            match.4.flatMap { Int($0) } ?? 0, match.5.flatMap { Int($0) } ?? 0, match.6.flatMap { Int($0) } ?? 0
        )
        guard (1...next - first).contains(day), hour < 24, minute < 60, second < 60 else { return nil }
        let fraction = match.7.map { Int(String(($0 + "0000000").prefix(7))) ?? 0 } ?? 0
        let seconds = (first + day - 1) * 86_400 + hour * 3600 + minute * 60 + second
        self.init(
            localTicks: seconds * Self.second + fraction,
            offsetMinutes: match.8.flatMap { Self.offset(String($0)) }
        )
    }

    private static func offset(_ text: String) -> Int? {
        if text.lowercased() == "z" { return 0 }
        let digits = text.dropFirst().filter(\.isNumber)
        guard let hours = Int(digits.prefix(2)), let minutes = Int(digits.suffix(2)) else { return nil }
        return (text.hasPrefix("-") ? -1 : 1) * (hours * 60 + minutes)
    }
}
