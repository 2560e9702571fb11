import EmulatorRuntime
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
        let parts = CalendarInstant(date)
        let weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        return
            "\(weekdays[parts.weekday]), \(two(parts.day)) \(months[parts.month - 1]) \(parts.year) "
            + "\(two(parts.hour)):\(two(parts.minute)):\(two(parts.second)) GMT"
    }

    /// The form in `x-ms-routing-request-id`, such as `20261123T010000Z`.
    static func compact(_ date: Date) -> String {
        let parts = CalendarInstant(date)
        return
            "\(parts.year)\(two(parts.month))\(two(parts.day))T\(two(parts.hour))\(two(parts.minute))\(two(parts.second))Z"
    }

    private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
