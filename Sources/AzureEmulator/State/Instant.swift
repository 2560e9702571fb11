import Foundation

/// Instants as Azure writes them.
enum Instant {
    /// RFC 3339 in UTC with milliseconds, such as `2026-11-23T01:00:00.000Z`.
    static func text(_ date: Date) -> String {
        date.formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
    }

    /// Reads RFC 3339, with or without fractions of a second.
    static func date(_ text: String) -> Date? {
        (try? Date(text, strategy: Date.ISO8601FormatStyle(includingFractionalSeconds: true)))
            ?? (try? Date(text, strategy: .iso8601))
    }

    /// The form of HTTP's `Date`, such as `Mon, 23 Nov 2026 01:00:00 GMT`.
    ///
    /// Source: RFC 9110, section 5.6.7.
    static func http(_ date: Date) -> String {
        let parts = Self.parts(date)
        let weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        return
            "\(weekdays[parts.weekday]), \(two(parts.day)) \(months[parts.month - 1]) \(parts.year) "
            + "\(two(parts.hour)):\(two(parts.minute)):\(two(parts.second)) GMT"
    }

    /// The form in `x-ms-routing-request-id`, such as `20261123T010000Z`.
    static func compact(_ date: Date) -> String {
        let parts = Self.parts(date)
        return
            "\(parts.year)\(two(parts.month))\(two(parts.day))T\(two(parts.hour))\(two(parts.minute))\(two(parts.second))Z"
    }

    private struct Parts {
        var year, month, day, hour, minute, second, weekday: Int
    }

    private static func parts(_ date: Date) -> Parts {
        let seconds = Int(date.timeIntervalSince1970.rounded(.down))
        let (days, time) = (Int((Double(seconds) / 86_400).rounded(.down)), ((seconds % 86_400) + 86_400) % 86_400)
        // The civil calendar from a count of days: eras of 400 years that begin in March.
        let shifted = days + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let month = (5 * dayOfYear + 2) / 153
        let civilMonth = month < 10 ? month + 3 : month - 9
        return Parts(
            year: yearOfEra + era * 400 + (civilMonth <= 2 ? 1 : 0),
            month: civilMonth,
            day: dayOfYear - (153 * month + 2) / 5 + 1,
            hour: time / 3600,
            minute: time / 60 % 60,
            second: time % 60,
            weekday: ((days + 4) % 7 + 7) % 7
        )
    }

    private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
