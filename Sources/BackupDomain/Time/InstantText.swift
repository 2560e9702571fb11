import FoundationEssentials

/// Instants in UTC as texts of a fixed form, written and read by hand.
///
/// Foundation's style makes a calendar for each; a summary of sixty runs holds 300 instants and is read by every command.
enum InstantText {
    /// From 1600, before which Foundation counts by the Julian calendar, to 9999, in seconds since 1970.
    private static let years = -11_676_096_000.0..<253_402_300_800.0

    /// Writes `2026-11-24T01:00:00Z`, or with milliseconds `2026-11-24T01:00:00.500Z`.
    ///
    /// - Parameters:
    ///   - milliseconds: The instant in milliseconds since 1970.
    ///   - isFractional: Whether milliseconds are written.
    /// - Returns: The text; nil for a year before 1600 or after 9999.
    static func extended(_ milliseconds: Double, isFractional: Bool) -> String? {
        guard Self.years.contains(milliseconds / 1000) else { return nil }
        let whole = Int(milliseconds)
        var bytes: [UInt8] = []
        bytes.reserveCapacity(24)
        Self.append(whole.dividedDown(by: 1000), isPunctuated: true, to: &bytes)
        if isFractional {
            bytes.append(46)
            Self.append(whole.remainder(dividingDownBy: 1000), 3, to: &bytes)
        }
        bytes.append(90)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Writes `20261124T010000Z`.
    ///
    /// - Parameter seconds: The instant in seconds since 1970.
    /// - Returns: The text; nil for a year before 1600 or after 9999.
    static func compact(_ seconds: Double) -> String? {
        guard Self.years.contains(seconds) else { return nil }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(16)
        Self.append(Int(seconds.rounded(.down)), isPunctuated: false, to: &bytes)
        bytes.append(90)
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func append(_ seconds: Int, isPunctuated: Bool, to bytes: inout [UInt8]) {
        let day = CalendarDay(number: seconds.dividedDown(by: 86_400))
        let time = seconds.remainder(dividingDownBy: 86_400)
        Self.append(day.year, 4, to: &bytes)
        if isPunctuated { bytes.append(45) }
        Self.append(day.month, 2, to: &bytes)
        if isPunctuated { bytes.append(45) }
        Self.append(day.day, 2, to: &bytes)
        bytes.append(84)
        Self.append(time / 3600, 2, to: &bytes)
        if isPunctuated { bytes.append(58) }
        Self.append(time / 60 % 60, 2, to: &bytes)
        if isPunctuated { bytes.append(58) }
        Self.append(time % 60, 2, to: &bytes)
    }

    /// Reads what ``extended(_:isFractional:)`` writes.
    ///
    /// - Parameter text: The text.
    /// - Returns: Milliseconds since 1970; nil where it is of another form, which may be an instant all the same.
    static func milliseconds(_ text: String) -> Int? {
        let bytes = Array(text.utf8)
        guard bytes.count == 20 || bytes.count == 24, bytes.last == 90 else { return nil }
        guard bytes[4] == 45, bytes[7] == 45, bytes[10] == 84, bytes[13] == 58, bytes[16] == 58,
            let year = Self.number(bytes[0..<4]), let month = Self.number(bytes[5..<7]),
            let day = Self.number(bytes[8..<10]), let hour = Self.number(bytes[11..<13]),
            let minute = Self.number(bytes[14..<16]), let second = Self.number(bytes[17..<19]),
            year >= 1600, (1...12).contains(month), (1...31).contains(day), hour < 24, minute < 60, second < 60
        else { return nil }
        let date = CalendarDay(number: CalendarDay(year: year, month: month).number + day - 1)
        guard date.month == month else { return nil }
        var fraction = 0
        if bytes.count == 24 {
            guard bytes[19] == 46, let read = Self.number(bytes[20..<23]) else { return nil }
            fraction = read
        }
        return (date.number * 86_400 + hour * 3600 + minute * 60 + second) * 1000 + fraction
    }

    private static func append(_ number: Int, _ digits: Int, to bytes: inout [UInt8]) {
        var divisor = digits == 2 ? 10 : digits == 3 ? 100 : 1000
        while divisor > 0 {
            bytes.append(UInt8(48 + number / divisor % 10))
            divisor /= 10
        }
    }

    private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
        var number = 0
        for digit in digits {
            guard (48...57).contains(digit) else { return nil }
            number = number * 10 + Int(digit - 48)
        }
        return number
    }
}
