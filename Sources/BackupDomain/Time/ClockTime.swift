/// A time of the day as a clock on the wall shows it, such as `07:30`.
package struct ClockTime: Sendable, Hashable {
    /// When people read what came overnight: seven.
    package static let morning = Self(hour: 7, minute: 0)

    /// When somebody is there who can mend what is found, long before the night: one.
    package static let noon = Self(hour: 13, minute: 0)

    /// The hour, from 0 to 23.
    package let hour: Int
    /// The minute, from 0 to 59.
    package let minute: Int

    /// Reads a time.
    ///
    /// - Parameter text: Two digits, a colon and two digits; nil for anything else.
    package init?(_ text: String) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2,
            parts.allSatisfy({ $0.utf8.count == 2 && $0.utf8.allSatisfy { (48...57).contains($0) } }),
            let hour = Int(parts[0]), let minute = Int(parts[1]), hour < 24, minute < 60
        else { return nil }
        self.init(hour: hour, minute: minute)
    }

    private init(hour: Int, minute: Int) {
        self.hour = hour
        self.minute = minute
    }

    /// The schedule that names this time of each day.
    package var daily: CronExpression {
        CronExpression(
            text: "\(self.minute) \(self.hour) * * *",
            minutes: 1 << UInt64(self.minute),
            hours: 1 << UInt64(self.hour),
            days: .all,
            months: CronExpression.nightly.months
        )
    }
}

extension ClockTime: CustomStringConvertible {
    package var description: String {
        [self.hour, self.minute].map { "\($0 < 10 ? "0" : "")\($0)" }.joined(separator: ":")
    }
}
