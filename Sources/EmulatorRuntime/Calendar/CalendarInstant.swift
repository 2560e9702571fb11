package import Foundation

/// An instant taken apart by the Gregorian calendar in UTC, without a formatter's cost.
package struct CalendarInstant: Sendable {
    /// Whole days since 1970-01-01.
    package let daysSinceEpoch: Int
    /// The year.
    package let year: Int
    /// The month, from 1.
    package let month: Int
    /// The day of the month, from 1.
    package let day: Int
    /// The hour, from 0.
    package let hour: Int
    /// The minute, from 0.
    package let minute: Int
    /// The second, from 0.
    package let second: Int
    /// The part of a second in tenths of a microsecond; the seventh digit behind the second is Azure's finest.
    package let ticks: Int

    /// Takes an instant apart.
    ///
    /// - Parameter date: The instant.
    package init(_ date: Date) {
        self.init(ticksSinceEpoch: Int((date.timeIntervalSince1970 * 10_000_000).rounded(.down)))
    }

    /// Takes an instant apart that is given as a count.
    ///
    /// - Parameter total: Tenths of a microsecond since 1970-01-01T00:00:00Z.
    package init(ticksSinceEpoch total: Int) {
        let seconds = Self.floor(total, 10_000_000)
        self.ticks = total - seconds * 10_000_000
        self.daysSinceEpoch = Self.floor(seconds, 86_400)
        let ofDay = seconds - self.daysSinceEpoch * 86_400
        self.hour = ofDay / 3600
        self.minute = ofDay / 60 % 60
        self.second = ofDay % 60
        // Years are counted from March, so that the leap day ends one.
        let shifted = self.daysSinceEpoch + 719_468
        let era = Self.floor(shifted, 146_097)
        let ofEra = shifted - era * 146_097
        let yearOfEra = (ofEra - ofEra / 1460 + ofEra / 36_524 - ofEra / 146_096) / 365
        let ofYear = ofEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let fromMarch = (5 * ofYear + 2) / 153
        self.day = ofYear - (153 * fromMarch + 2) / 5 + 1
        self.month = fromMarch < 10 ? fromMarch + 3 : fromMarch - 9
        self.year = yearOfEra + era * 400 + (self.month <= 2 ? 1 : 0)
    }

    /// The day of the week, from 0 for Sunday.
    package var weekday: Int { ((self.daysSinceEpoch + 4) % 7 + 7) % 7 }

    /// The instant with all its digits: `2026-11-24T01:00:00.1234567Z`.
    package var precise: String { "\(self.date)T\(self.clock).\(Self.padded(self.ticks, to: 7))Z" }

    /// The instant to the second: `2026-11-24T01:00:00Z`.
    package var brief: String { "\(self.date)T\(self.clock)Z" }

    private var date: String {
        "\(Self.padded(self.year, to: 4))-\(Self.padded(self.month, to: 2))-\(Self.padded(self.day, to: 2))"
    }

    private var clock: String {
        [self.hour, self.minute, self.second].map { Self.padded($0, to: 2) }.joined(separator: ":")
    }

    /// The days from 1970-01-01 to a date.
    ///
    /// - Parameters:
    ///   - year: The year.
    ///   - month: The month, from 1.
    ///   - day: The day of the month; days beyond the month's end count into the next one.
    /// - Returns: Whole days, negative before 1970.
    package static func days(year: Int, month: Int, day: Int) -> Int {
        let shifted = month <= 2 ? year - 1 : year
        let era = Self.floor(shifted, 400)
        let ofEra = shifted - era * 400
        let ofYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return era * 146_097 + ofEra * 365 + ofEra / 4 - ofEra / 100 + ofYear - 719_468
    }

    /// A number with zeros before it.
    ///
    /// - Parameters:
    ///   - number: The number, not negative.
    ///   - width: The least count of digits.
    /// - Returns: The text.
    package static func padded(_ number: Int, to width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }

    private static func floor(_ value: Int, _ divisor: Int) -> Int {
        value >= 0 ? value / divisor : -((-value + divisor - 1) / divisor)
    }
}
