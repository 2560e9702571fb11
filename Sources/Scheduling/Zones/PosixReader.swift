import BackupDomain

/// Reads the parts of a POSIX rule from front to back.
struct PosixReader {
    private let text: String
    private var rest: Substring.UTF8View

    init(_ text: String) {
        self.text = text
        self.rest = text[...].utf8
    }

    /// Whether all has been read.
    var isAtEnd: Bool { self.rest.isEmpty }

    /// Whether a character is next.
    func isAt(_ character: Unicode.Scalar) -> Bool { self.rest.first == UInt8(ascii: character) }

    /// Takes a character.
    mutating func expect(_ character: Unicode.Scalar) throws(ZoneFileDefect) {
        guard self.isAt(character) else { throw self.defect }
        self.rest.removeFirst()
    }

    /// Takes the name of a kind of time: three letters or more, or anything in angle brackets.
    mutating func name() throws(ZoneFileDefect) {
        let isQuoted = self.isAt("<")
        if isQuoted { try self.expect("<") }
        let name = self.rest.prefix { byte in
            let isLetter = (65...90).contains(byte) || (97...122).contains(byte)
            let isSignOrDigit = (48...57).contains(byte) || byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-")
            return isLetter || isQuoted && isSignOrDigit
        }
        guard name.count >= 3 else { throw self.defect }
        self.rest.removeFirst(name.count)
        if isQuoted { try self.expect(">") }
    }

    /// Takes a time: `2`, `-1`, `3:30`, `3:30:15`.
    ///
    /// - Parameter hours: The most hours.
    /// - Returns: The time in seconds.
    /// - Throws: ``ZoneFileDefect`` where there is none, or one out of range.
    mutating func time(hours: Int) throws(ZoneFileDefect) -> Int {
        let isNegative = self.isAt("-")
        if isNegative || self.isAt("+") { self.rest.removeFirst() }
        var seconds = try self.number(0...hours) * 3600
        for unit in [60, 1] where self.isAt(":") {
            try self.expect(":")
            seconds += try self.number(0...59) * unit
        }
        return isNegative ? -seconds : seconds
    }

    /// Takes a moment of the year: `M3.5.0`, `J60` or `59`, with `/2` where it is not two o'clock.
    mutating func moment() throws(ZoneFileDefect) -> YearlyMoment {
        let day: YearlyMoment.Day
        if self.isAt("M") {
            try self.expect("M")
            let month = try self.number(1...12)
            try self.expect(".")
            let week = try self.number(1...5)
            try self.expect(".")
            day = .weekday(try self.number(0...6), week: week, month: month)
        } else if self.isAt("J") {
            try self.expect("J")
            day = .withoutLeapDay(try self.number(1...365))
        } else {
            day = .dayOfYear(try self.number(0...365))
        }
        guard self.isAt("/") else { return YearlyMoment(day, secondOfDay: 2 * 3600) }
        try self.expect("/")
        return YearlyMoment(day, secondOfDay: try self.time(hours: 167))
    }

    private mutating func number(_ range: ClosedRange<Int>) throws(ZoneFileDefect) -> Int {
        let digits = self.rest.prefix { (48...57).contains($0) }
        guard (1...3).contains(digits.count), let number = Int(Substring(digits)), range.contains(number) else {
            throw self.defect
        }
        self.rest.removeFirst(digits.count)
        return number
    }

    private var defect: ZoneFileDefect { ZoneFileDefect("its footer '\(self.text)' is no rule of POSIX") }
}
