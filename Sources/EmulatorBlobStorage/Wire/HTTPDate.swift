import EmulatorRuntime
import Foundation

/// Instants as HTTP writes them: `Tue, 24 Nov 2026 01:00:00 GMT`.
///
/// Source: RFC 9110, section 5.6.7.
enum HTTPDate {
    private static let days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    static func text(_ date: Date) -> String {
        let parts = CalendarInstant(date)
        let weekday = Self.days[parts.weekday]
        let clock = [parts.hour, parts.minute, parts.second].map { CalendarInstant.padded($0, to: 2) }
        return "\(weekday), \(CalendarInstant.padded(parts.day, to: 2)) \(Self.months[parts.month - 1]) "
            + "\(CalendarInstant.padded(parts.year, to: 4)) \(clock.joined(separator: ":")) GMT"
    }

    static func parse(_ text: String) -> Date? {
        let parts = text.split(separator: " ")
        guard parts.count == 6, parts[5] == "GMT", parts[0].hasSuffix(","),
            let day = Int(parts[1]), (1...31).contains(day),
            let month = Self.months.firstIndex(of: String(parts[2])),
            let year = Int(parts[3]), (1601...9999).contains(year)
        else { return nil }
        let clock = parts[4].split(separator: ":").compactMap { Int($0) }
        guard clock.count == 3, (0...23).contains(clock[0]), (0...59).contains(clock[1]), (0...60).contains(clock[2])
        else { return nil }
        let days = CalendarInstant.days(year: year, month: month + 1, day: day)
        let seconds = days * 86_400 + clock[0] * 3600 + clock[1] * 60 + clock[2]
        return Date(timeIntervalSince1970: TimeInterval(seconds))
    }
}
