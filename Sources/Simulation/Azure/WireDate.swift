/// Instants as milliseconds since 1970, written as the services write them; no calendar of Foundation's, for speed.
///
/// Source: <https://www.rfc-editor.org/rfc/rfc9110#section-5.6.7>
enum WireDate {
    private static let days = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"].map { Array($0.utf8) }
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ].map { Array($0.utf8) }

    /// Writes an instant for a header.
    ///
    /// - Parameter milliseconds: The instant.
    /// - Returns: Such as `Wed, 19 Jul 2023 23:09:47 GMT`.
    static func text(_ milliseconds: Int64) -> String {
        let seconds = Int(milliseconds / 1000)
        let (year, month, day) = Self.date(seconds / 86_400)
        var text = Self.days[seconds / 86_400 % 7]
        text.reserveCapacity(29)
        text += [44, 32]
        Self.append(day, to: &text)
        text.append(32)
        text += Self.months[month - 1]
        text.append(32)
        Self.append(year / 100, to: &text)
        Self.append(year % 100, to: &text)
        text.append(32)
        Self.appendTime(of: seconds, to: &text)
        text += [32, 71, 77, 84]
        return String(decoding: text, as: UTF8.self)
    }

    /// Writes an instant for a person.
    ///
    /// - Parameter milliseconds: The instant.
    /// - Returns: Such as `2023-07-19 23:09:47.120`.
    static func story(_ milliseconds: Int64) -> String {
        let seconds = Int(milliseconds / 1000)
        let (year, month, day) = Self.date(seconds / 86_400)
        var text: [UInt8] = []
        text.reserveCapacity(23)
        Self.append(year / 100, to: &text)
        Self.append(year % 100, to: &text)
        text.append(45)
        Self.append(month, to: &text)
        text.append(45)
        Self.append(day, to: &text)
        text.append(32)
        Self.appendTime(of: seconds, to: &text)
        text.append(46)
        text.append(UInt8(48 + milliseconds / 100 % 10))
        Self.append(Int(milliseconds % 100), to: &text)
        return String(decoding: text, as: UTF8.self)
    }

    private static func appendTime(of seconds: Int, to text: inout [UInt8]) {
        let time = seconds % 86_400
        Self.append(time / 3600, to: &text)
        text.append(58)
        Self.append(time / 60 % 60, to: &text)
        text.append(58)
        Self.append(time % 60, to: &text)
    }

    /// Appends two digits.
    private static func append(_ number: Int, to text: inout [UInt8]) {
        text.append(UInt8(48 + number / 10))
        text.append(UInt8(48 + number % 10))
    }

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
