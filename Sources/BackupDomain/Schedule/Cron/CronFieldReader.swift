/// Reads one field of a cron expression.
struct CronFieldReader {
    /// The field.
    let field: CronField
    /// The whole expression, for messages.
    let expression: String
    /// The numbers that the field names, one bit each; Sunday is at 0.
    private(set) var numbers: UInt64 = 0
    /// Whether the month's last day is named.
    private(set) var hasLast = false
    /// Whether the month's last weekday is named.
    private(set) var hasLastWeekday = false
    /// The weekdays that are named for their last place in the month.
    private(set) var lastOfWeek: UInt64 = 0
    /// The weekdays that are named for one place in the month, as ``CronDays/placesOfWeek``.
    private(set) var placesOfWeek: UInt64 = 0
    /// Whether the field begins with `*`.
    private(set) var beginsWithStar = false

    init(field: CronField, expression: String) {
        self.field = field
        self.expression = expression
    }

    /// Takes in the field's text.
    ///
    /// - Parameter text: A list of one or more items.
    /// - Throws: ``BackupError`` with code `invalidInput`.
    mutating func read(_ text: Substring) throws(BackupError) {
        self.beginsWithStar = text.hasPrefix("*")
        for item in text.split(separator: ",", omittingEmptySubsequences: false) {
            guard !item.isEmpty else { throw self.refusal(of: text, because: "a comma stands between two values") }
            if try self.readPlaceInMonth(item) { continue }
            try self.readRange(item)
        }
    }

    /// Reads `L`, `LW`, `5L` and `5#2`.
    ///
    /// - Returns: Whether the item was one of these.
    private mutating func readPlaceInMonth(_ item: Substring) throws(BackupError) -> Bool {
        let upper = item.uppercased()
        switch self.field {
        case .dayOfMonth where upper == "L": self.hasLast = true
        case .dayOfMonth where upper == "LW": self.hasLastWeekday = true
        case .dayOfWeek where item.contains("#"):
            let parts = item.split(separator: "#", omittingEmptySubsequences: false)
            guard parts.count == 2, let weekday = self.field.number(parts[0]), let place = Int(parts[1]),
                parts[1].utf8.count == 1, (1...5).contains(place)
            else { throw self.refusal(of: item, because: "a weekday with # and its place in the month, 1 to 5") }
            self.placesOfWeek.set(7 * (place - 1) + weekday % 7)
        case .dayOfWeek where upper.hasSuffix("L"):
            guard let weekday = self.field.number(item.dropLast()) else { throw self.refusal(of: item) }
            self.lastOfWeek.set(weekday % 7)
        default: return false
        }
        return true
    }

    private mutating func readRange(_ item: Substring) throws(BackupError) {
        let parts = item.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        let range = try self.range(parts[0], isOpen: parts.count == 2)
        let step = try parts.count == 2 ? self.step(parts[1], item) : 1
        for number in stride(from: range.lowerBound, through: range.upperBound, by: step) {
            self.numbers.set(self.field == .dayOfWeek ? number % 7 : number)
        }
    }

    /// Reads `*`, `5` or `1-5`; with a step, `5` is open to the end.
    private func range(_ text: Substring, isOpen: Bool) throws(BackupError) -> ClosedRange<Int> {
        if text == "*" { return self.field.numbers }
        let bounds = text.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
        guard let first = self.field.number(bounds[0]) else { throw self.refusal(of: text) }
        guard bounds.count == 2 else { return first...(isOpen ? self.field.numbers.upperBound : first) }
        guard let last = self.field.number(bounds[1]) else { throw self.refusal(of: text) }
        guard first <= last else {
            throw self.refusal(
                of: text,
                because: "a range goes upwards",
                remedy: "Write two ranges instead, such as "
                    + "\(bounds[0])-\(self.field.numbers.upperBound),\(self.field.numbers.lowerBound)-\(bounds[1])."
            )
        }
        return first...last
    }

    private func step(_ text: Substring, _ item: Substring) throws(BackupError) -> Int {
        let greatest = self.field.greatestStep
        guard (1...4).contains(text.utf8.count), text.utf8.allSatisfy({ (48...57).contains($0) }), let step = Int(text),
            (1...greatest).contains(step)
        else {
            throw self.refusal(
                of: item,
                because: "a step is a number from 1 to \(greatest)",
                remedy: "What comes less often than that belongs into the next field, or into 'every'."
            )
        }
        return step
    }

    private func refusal(
        of item: some StringProtocol,
        because rule: String? = nil,
        remedy: String? = nil
    ) -> BackupError {
        let hint = item == "?" ? "Write * in place of ?." : nil
        return BackupError(
            .invalidInput,
            "The field \(self.field.name) of the cron expression '\(self.expression)' cannot be '\(item)': "
                + (rule ?? "it \(self.field.rule)") + ".",
            remedy: remedy ?? hint
        )
    }
}
