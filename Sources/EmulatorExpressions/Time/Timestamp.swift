package import EmulatorRuntime
package import Foundation

/// A date and time as .NET handles it in expressions: what a clock on some wall shows, and how far that wall is from UTC.
///
/// Source: "DateTime" and "DateTimeOffset" of .NET; a tick is a tenth of a microsecond.
package struct Timestamp: Sendable, Equatable {
    /// What the clock shows, in ticks since 1970-01-01T00:00:00 of that clock.
    package var localTicks: Int
    /// How far the clock is ahead of UTC, in minutes; nil where it is not known, and then UTC is meant.
    package var offsetMinutes: Int?

    /// Creates a time of a clock.
    package init(localTicks: Int, offsetMinutes: Int?) {
        self.localTicks = localTicks
        self.offsetMinutes = offsetMinutes
    }

    /// An instant in UTC.
    ///
    /// - Parameter date: The instant.
    package init(_ date: Date) {
        self.init(localTicks: Int((date.timeIntervalSince1970 * 10_000_000).rounded()), offsetMinutes: 0)
    }

    /// Ticks in a second.
    package static let second = 10_000_000
    /// Ticks in a day.
    package static let day = 86_400 * Self.second
    /// Ticks from .NET's beginning, 0001-01-01, to 1970-01-01.
    private static let epoch = 621_355_968_000_000_000

    /// The instant.
    package var date: Date { Date(timeIntervalSince1970: Double(self.utcTicks) / 10_000_000) }

    /// The instant in ticks since 1970-01-01T00:00:00Z.
    package var utcTicks: Int { self.localTicks - (self.offsetMinutes ?? 0) * 60 * Self.second }

    /// The instant as .NET counts it: ticks since 0001-01-01.
    package var ticks: Int { self.localTicks + Self.epoch }

    /// What the clock shows, taken apart.
    package var parts: CalendarInstant { CalendarInstant(ticksSinceEpoch: self.localTicks) }

    /// The same instant by a clock that shows UTC.
    package var utc: Timestamp { Timestamp(localTicks: self.utcTicks, offsetMinutes: 0) }

    /// Whether the year is one that .NET can show.
    package var isRepresentable: Bool { (1...9999).contains(self.parts.year) }

    /// Moves the clock by whole months; a day that the month does not have becomes its last one.
    ///
    /// - Parameter months: How many, negative for back.
    /// - Returns: The moved time.
    package func adding(months: Int) -> Timestamp {
        let parts = self.parts
        let total = parts.year * 12 + parts.month - 1 + months
        let year = total >= 0 ? total / 12 : -((11 - total) / 12)
        let month = total - year * 12 + 1
        let next = month == 12 ? (year + 1, 1) : (year, month + 1)
        let first = CalendarInstant.days(year: year, month: month, day: 1)
        let length = CalendarInstant.days(year: next.0, month: next.1, day: 1) - first
        let days = first + min(parts.day, length) - 1
        let ofDay = self.localTicks - parts.daysSinceEpoch * Self.day
        return Timestamp(localTicks: days * Self.day + ofDay, offsetMinutes: self.offsetMinutes)
    }

    /// Moves the clock.
    ///
    /// - Parameter ticks: How far, negative for back.
    /// - Returns: The moved time.
    package func adding(ticks: Int) -> Timestamp {
        let (sum, overflow) = self.localTicks.addingReportingOverflow(ticks)
        return Timestamp(localTicks: overflow ? .max / 2 : sum, offsetMinutes: self.offsetMinutes)
    }
}
