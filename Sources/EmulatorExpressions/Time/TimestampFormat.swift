import EmulatorRuntime

/// A format by which .NET writes a date and time in the invariant culture.
///
/// Source: "Standard date and time format strings" and "Custom date and time format strings" of .NET.
package struct TimestampFormat: Sendable {
    private let pattern: [Character]
    private let isUniversal: Bool

    /// Takes a format as expressions give it; nil where a single letter is none of the standard formats.
    ///
    /// - Parameter text: One letter of the standard formats, or a custom format; empty for the general one.
    package init?(_ text: String) {
        guard text.count <= 1 else {
            self.pattern = Array(text)
            self.isUniversal = false
            return
        }
        guard let pattern = Self.standard[text] else { return nil }
        self.pattern = Array(pattern)
        self.isUniversal = ["u", "r", "R", "U"].contains(text)
    }

    private static let standard = [
        "": "MM/dd/yyyy HH:mm:ss", "d": "MM/dd/yyyy", "D": "dddd, dd MMMM yyyy", "f": "dddd, dd MMMM yyyy HH:mm",
        "F": "dddd, dd MMMM yyyy HH:mm:ss", "g": "MM/dd/yyyy HH:mm", "G": "MM/dd/yyyy HH:mm:ss", "m": "MMMM dd",
        "M": "MMMM dd", "o": "yyyy-MM-ddTHH:mm:ss.fffffffK", "O": "yyyy-MM-ddTHH:mm:ss.fffffffK",
        "r": "ddd, dd MMM yyyy HH:mm:ss 'GMT'", "R": "ddd, dd MMM yyyy HH:mm:ss 'GMT'", "s": "yyyy-MM-ddTHH:mm:ss",
        "t": "HH:mm", "T": "HH:mm:ss", "u": "yyyy-MM-dd HH:mm:ss'Z'", "U": "dddd, dd MMMM yyyy HH:mm:ss",
        "y": "yyyy MMMM", "Y": "yyyy MMMM",
    ]
    private static let weekdays = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"]
    private static let months = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December",
    ]

    /// Writes a time.
    ///
    /// - Parameter time: The time.
    /// - Returns: The text.
    package func text(of time: Timestamp) -> String {
        let shown = self.isUniversal ? time.utc : time
        let parts = shown.parts
        var result = ""
        var index = 0
        while index < self.pattern.count {
            let character = self.pattern[index]
            if character == "'" || character == "\"" {
                let end = self.pattern[(index + 1)...].firstIndex(of: character) ?? self.pattern.count
                result += String(self.pattern[(index + 1)..<end])
                index = end + 1
            } else if character == "\\" {
                if index + 1 < self.pattern.count { result.append(self.pattern[index + 1]) }
                index += 2
            } else if character == "%" {
                index += 1
            } else {
                let count = self.pattern[index...].prefix { $0 == character }.count
                Self.write(character, count, parts, shown, into: &result)
                index += count
            }
        }
        return result
    }

    private static func write(
        _ character: Character,
        _ count: Int,
        _ parts: CalendarInstant,
        _ time: Timestamp,
        into result: inout String
    ) {
        func number(_ value: Int) { result += CalendarInstant.padded(value, to: min(count, 2)) }
        switch character {
        case "y": result += CalendarInstant.padded(count <= 2 ? parts.year % 100 : parts.year, to: count)
        case "M" where count >= 4: result += self.months[parts.month - 1]
        case "M" where count == 3: result += self.months[parts.month - 1].prefix(3)
        case "M": number(parts.month)
        case "d" where count >= 4: result += self.weekdays[parts.weekday]
        case "d" where count == 3: result += self.weekdays[parts.weekday].prefix(3)
        case "d": number(parts.day)
        case "H": number(parts.hour)
        case "h": number((parts.hour + 11) % 12 + 1)
        case "m": number(parts.minute)
        case "s": number(parts.second)
        case "f": result += CalendarInstant.padded(parts.ticks, to: 7).prefix(count)
        case "F":
            let digits = CalendarInstant.padded(parts.ticks, to: 7).prefix(count)
            let kept = digits.reversed().drop { $0 == "0" }.reversed()
            // .NET takes the point away with the last digit.
            if kept.isEmpty, result.hasSuffix(".") { result.removeLast() }
            result += String(kept)
        case "t": result += (parts.hour < 12 ? "AM" : "PM").prefix(count)
        case "K": result += time.offsetMinutes.map { $0 == 0 ? "Z" : self.offset($0, count: 3) } ?? ""
        case "z": result += self.offset(time.offsetMinutes ?? 0, count: count)
        case "g": result += "A.D."
        default: result += String(repeating: character, count: count)
        }
    }

    private static func offset(_ minutes: Int, count: Int) -> String {
        let sign = minutes < 0 ? "-" : "+"
        let hours = CalendarInstant.padded(abs(minutes) / 60, to: min(count, 2))
        return sign + hours + (count >= 3 ? ":" + CalendarInstant.padded(abs(minutes) % 60, to: 2) : "")
    }
}
