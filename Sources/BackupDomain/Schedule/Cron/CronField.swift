/// One of the five fields of a cron expression, with what may stand in it.
enum CronField: Int, Sendable, CaseIterable {
    case minute, hour, dayOfMonth, month, dayOfWeek

    /// The field's name in messages.
    var name: String {
        switch self {
        case .minute: "minute"
        case .hour: "hour"
        case .dayOfMonth: "day of month"
        case .month: "month"
        case .dayOfWeek: "day of week"
        }
    }

    /// The numbers that it takes; Sunday is both 0 and 7.
    var numbers: ClosedRange<Int> {
        switch self {
        case .minute: 0...59
        case .hour: 0...23
        case .dayOfMonth: 1...31
        case .month: 1...12
        case .dayOfWeek: 0...7
        }
    }

    /// The greatest step that leaves more than one value of `*`.
    var greatestStep: Int { self == .dayOfWeek ? 6 : self.numbers.upperBound - self.numbers.lowerBound }

    /// The names that may stand for numbers, in upper case; the first for the least number.
    var names: [String] {
        switch self {
        case .month: ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"]
        case .dayOfWeek: ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"]
        case .minute, .hour, .dayOfMonth: []
        }
    }

    /// What the field takes, as a clause for messages.
    var rule: String {
        let numbers = "numbers from \(self.numbers.lowerBound) to \(self.numbers.upperBound)"
        return switch self {
        case .minute, .hour: "takes \(numbers)"
        case .dayOfMonth: "takes \(numbers), L for the last day and LW for the last weekday"
        case .month: "takes \(numbers) or JAN to DEC"
        case .dayOfWeek:
            "takes \(numbers) or SUN to SAT (0 and 7 are Sunday), 5L for the last and 5#2 for the second Friday"
        }
    }

    /// Reads one number or name.
    ///
    /// - Parameter text: What stands in the expression.
    /// - Returns: The number; nil where it is none or out of range.
    func number(_ text: some StringProtocol) -> Int? {
        if let index = self.names.firstIndex(of: text.uppercased()) { return index + self.numbers.lowerBound }
        guard (1...4).contains(text.utf8.count), text.utf8.allSatisfy({ (48...57).contains($0) }),
            let number = Int(text), self.numbers.contains(number)
        else { return nil }
        return number
    }
}
