/// A duration as ISO 8601 writes it, such as `P1DT12H` or `-PT30S`.
///
/// Years and months have no fixed length and are kept apart.
package struct ISODuration: Sendable, Equatable {
    /// Whole months, years included; negative for back.
    package var months: Int
    /// Everything else, in ticks of a tenth of a microsecond; negative for back.
    package var ticks: Int

    /// Reads a duration; nil where it is not one, or one beyond ten thousand years.
    ///
    /// - Parameter text: The text; at least one part must be there.
    package init?(_ text: String) {
        self.init(months: 0, ticks: 0)
        var rest = text[...]
        let sign = rest.first == "-" ? -1 : 1
        if sign < 0 { rest = rest.dropFirst() }
        guard rest.first == "P" else { return nil }
        rest = rest.dropFirst()
        // Each part may be there once, in this order; what is behind the T are hours, minutes and seconds.
        var units: [(unit: Character, isTime: Bool)] = [
            ("Y", false), ("M", false), ("W", false), ("D", false), ("H", true), ("M", true), ("S", true),
        ]
        var isTime = false
        var count = 0
        while !rest.isEmpty {
            if rest.first == "T", !isTime {
                isTime = true
                rest = rest.dropFirst()
                guard !rest.isEmpty else { return nil }
                continue
            }
            let digits = rest.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
            let unit = rest.dropFirst(digits.count).first
            guard let place = units.firstIndex(where: { $0.unit == unit && $0.isTime == isTime }),
                self.add(digits, sign: sign, of: units[place])
            else { return nil }
            units.removeSubrange(...place)
            rest = rest.dropFirst(digits.count + 1)
            count += 1
        }
        guard count > 0 else { return nil }
    }

    /// A duration of so many seconds.
    ///
    /// - Parameter seconds: The seconds, not more than a thousand years of them.
    package init(seconds: Double) { self.init(months: 0, ticks: Int(seconds * Double(Timestamp.second))) }

    private init(months: Int, ticks: Int) {
        self.months = months
        self.ticks = ticks
    }

    private mutating func add(_ digits: Substring, sign: Int, of part: (unit: Character, isTime: Bool)) -> Bool {
        let pieces = digits.split(separator: ".", omittingEmptySubsequences: false)
        guard let whole = pieces.first.flatMap({ Int($0) }), whole < 100_000_000_000,
            pieces.count == 1 || (pieces.count == 2 && part.unit == "S" && (1...7).contains(pieces[1].count))
        else { return false }
        switch (part.unit, part.isTime) {
        case ("Y", false) where whole < 10_000: self.months += sign * whole * 12
        case ("M", false) where whole < 120_000: self.months += sign * whole
        case ("W", false) where whole < 520_000: self.ticks += sign * whole * 7 * Timestamp.day
        case ("D", false) where whole < 3_650_000: self.ticks += sign * whole * Timestamp.day
        case ("H", true) where whole < 87_600_000: self.ticks += sign * whole * 3600 * Timestamp.second
        case ("M", true) where whole < 5_256_000_000: self.ticks += sign * whole * 60 * Timestamp.second
        case ("S", true):
            let fraction = pieces.count == 2 ? Int((pieces[1] + "0000000").prefix(7)) : 0
            guard let fraction else { return false }
            self.ticks += sign * (whole * Timestamp.second + fraction)
        default: return false
        }
        return true
    }

    /// The duration where it has a fixed length: a month counts as 30 days.
    package var duration: Duration {
        let ticks = self.ticks + self.months * 30 * Timestamp.day
        return .seconds(ticks / Timestamp.second) + .nanoseconds(ticks % Timestamp.second * 100)
    }

    /// A duration in whole seconds as ISO 8601 writes it.
    ///
    /// - Parameter seconds: The seconds; a negative number counts as none.
    /// - Returns: Such as `PT1H0M5S`, without the greater parts that are zero; `PT0S` for none.
    package static func text(seconds: Double) -> String {
        let seconds = max(0, seconds)
        let whole = Int(seconds.rounded(.down))
        let hours = whole / 3600
        let minutes = whole / 60 % 60
        let fraction = seconds - Double(whole)
        let digits = Int((fraction * 10_000_000).rounded(.down))
        let rest = digits == 0 ? "" : "." + String(String(digits + 10_000_000).dropFirst())
        return "PT" + (hours > 0 ? "\(hours)H" : "") + (hours > 0 || minutes > 0 ? "\(minutes)M" : "")
            + "\(whole % 60)\(rest)S"
    }
}
