package import FoundationEssentials

/// A time that a schedule names: the night for which a backup is made, whenever it really begins.
package struct NominalTime: Sendable, Hashable {
    /// What is unusual about a time in a night in which the clocks change.
    package enum Oddity: Sendable, Hashable {
        /// The clocks never showed the time; it comes once, as soon as they have jumped over it.
        ///
        /// `wanted` is the first minute of the day that was jumped over, such as 150 for 02:30.
        case jumpedOver(wanted: Int)
        /// The clocks show the time twice; this is the first one, and the only one that counts.
        case firstOfTwo
        /// The clocks show the time twice, and a schedule that keeps its spacing counts both; this is the first.
        case firstOfBoth
        /// The clocks show the time twice, and a schedule that keeps its spacing counts both; this is the second.
        case secondOfBoth
    }

    /// The instant, in whole seconds.
    package var at: Date
    /// How far the zone's clocks are ahead of UTC then, in seconds.
    package var offset: Int
    /// What is unusual about it; nil for most.
    package var oddity: Oddity?

    /// Creates a nominal time.
    package init(at: Date, offset: Int, oddity: Oddity? = nil) {
        self.at = at
        self.offset = offset
        self.oddity = oddity
    }
}

extension NominalTime {
    /// What the zone's clocks show, with their offset: `2026-11-24T02:00:00+01:00`.
    package var local: String {
        let shown = Date(timeIntervalSince1970: self.at.timeIntervalSince1970 + Double(self.offset)).iso8601
        return "\(shown.dropLast())\(Self.offsetText(self.offset))"
    }

    /// The weekday that the zone's clocks show: `Mon`.
    package var weekday: String {
        let day = CalendarDay(Date(timeIntervalSince1970: self.at.timeIntervalSince1970 + Double(self.offset)))
        return ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"][day.weekday]
    }

    private static func offsetText(_ offset: Int) -> String {
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        let size = abs(offset)
        let seconds = size % 60 == 0 ? "" : ":\(two(size % 60))"
        return "\(offset < 0 ? "-" : "+")\(two(size / 3600)):\(two(size % 3600 / 60))\(seconds)"
    }
}

extension NominalTime.Oddity: CustomStringConvertible {
    /// The oddity as a sentence.
    package var description: String {
        switch self {
        case .jumpedOver(let wanted):
            let (hour, minute) = (wanted / 60, wanted % 60)
            let time = "\(hour < 10 ? "0" : "")\(hour):\(minute < 10 ? "0" : "")\(minute)"
            return "The clocks jump over \(time); it comes once, as soon as they have."
        case .firstOfTwo: return "The clocks show this time twice; it comes once, the first time."
        case .firstOfBoth: return "The clocks show this time twice, and it comes both times; this is the first."
        case .secondOfBoth: return "The clocks show this time twice, and it comes both times; this is the second."
        }
    }
}
