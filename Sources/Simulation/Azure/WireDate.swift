/// Instants as milliseconds since 1970, written as the services write them; no calendar of Foundation's, for speed.
///
/// Source: <https://www.rfc-editor.org/rfc/rfc9110#section-5.6.7>
enum WireDate {
    private static let days = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    /// Writes an instant for a header.
    ///
    /// - Parameter milliseconds: The instant.
    /// - Returns: Such as `Wed, 19 Jul 2023 23:09:47 GMT`.
    static func text(_ milliseconds: Int64) -> String {
        let seconds = Int(milliseconds / 1000)
        let (year, month, day) = Self.date(seconds / 86_400)
        let time = Self.time(seconds)
        return "\(Self.days[seconds / 86_400 % 7]), \(Self.two(day)) \(Self.months[month - 1]) \(year) \(time) GMT"
    }

    /// Writes an instant for a person.
    ///
    /// - Parameter milliseconds: The instant.
    /// - Returns: Such as `2023-07-19 23:09:47.120`.
    static func story(_ milliseconds: Int64) -> String {
        let seconds = Int(milliseconds / 1000)
        let (year, month, day) = Self.date(seconds / 86_400)
        let rest = "\(1000 + milliseconds % 1000)".dropFirst()
        return "\(year)-\(Self.two(month))-\(Self.two(day)) \(Self.time(seconds)).\(rest)"
    }

    private static func time(_ seconds: Int) -> String {
        let time = seconds % 86_400
        return "\(Self.two(time / 3600)):\(Self.two(time / 60 % 60)):\(Self.two(time % 60))"
    }

    private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

    /// The date of a day counted from 1970-01-01; years begin in March so that leap days come last.
    private static func date(_ days: Int) -> (year: Int, month: Int, day: Int) {
        let shifted = days + 719_468
        let era = shifted / 146_097
        let dayOfEra = shifted % 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        return (year, month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
    }
}
