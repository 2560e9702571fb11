package import FoundationEssentials

/// Reads the dates of HTTP headers.
///
/// Source: <https://www.rfc-editor.org/rfc/rfc9110#section-5.6.7> (the fixed form; the two obsolete ones are not read)
package enum HTTPDate {
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ].map { Array($0.utf8)[...] }
    private static let zones = ["GMT", "UTC"].map { Array($0.utf8)[...] }

    /// Reads a date.
    ///
    /// - Parameter text: Such as `Wed, 19 Jul 2023 23:09:47 GMT`.
    /// - Returns: The instant, or nil where the text is none.
    package static func date(_ text: String) -> Date? {
        guard text.utf8.count <= 40 else { return nil }
        let parts = Array(text.utf8).split(separator: 32)
        guard parts.count == 6, Self.zones.contains(parts[5]),
            let day = Self.number(parts[1], in: 1...31), let month = Self.months.firstIndex(of: parts[2]),
            let year = Self.number(parts[3], in: 1970...9999)
        else { return nil }
        let time = parts[4].split(separator: 58)
        guard time.count == 3, let hour = Self.number(time[0], in: 0...23),
            let minute = Self.number(time[1], in: 0...59),
            let second = Self.number(time[2], in: 0...60)
        else { return nil }
        let days = Self.days(year: year, month: month + 1, day: day)
        return Date(timeIntervalSince1970: Double(days * 86_400 + hour * 3600 + minute * 60 + second))
    }

    private static func number(_ text: ArraySlice<UInt8>, in range: ClosedRange<Int>) -> Int? {
        guard (1...4).contains(text.count) else { return nil }
        var value = 0
        for byte in text {
            guard byte >= 48, byte <= 57 else { return nil }
            value = value * 10 + Int(byte - 48)
        }
        return range.contains(value) ? value : nil
    }

    /// The days from 1970-01-01 to a date of the Gregorian calendar; years begin in March so that leap days come last.
    private static func days(year: Int, month: Int, day: Int) -> Int {
        let shifted = month > 2 ? year : year - 1
        let era = shifted / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }
}
