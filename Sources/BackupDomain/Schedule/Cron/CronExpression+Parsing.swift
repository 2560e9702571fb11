extension CronExpression {
    /// The longest expression that is read, in bytes.
    private static let cap = 500

    private static let words = [
        "@hourly": "0 * * * *", "@daily": "0 0 * * *", "@midnight": "0 0 * * *", "@weekly": "0 0 * * 0",
        "@monthly": "0 0 1 * *", "@yearly": "0 0 1 1 *", "@annually": "0 0 1 1 *",
    ]

    /// Reads an expression.
    ///
    /// - Parameter text: Five fields with blanks between them, or one of the words.
    /// - Throws: ``BackupError`` with code `invalidInput`, which names the field, its rule and the fix.
    package init(_ text: String) throws(BackupError) {
        guard text.utf8.count <= Self.cap else {
            throw .init(
                .invalidInput,
                "A cron expression has at most \(Self.cap) bytes; this one has \(text.utf8.count)."
            )
        }
        let fields = text.split { $0 == " " || $0 == "\t" }
        let normal = fields.joined(separator: " ")
        if fields.count == 1, normal.hasPrefix("@") {
            guard let meaning = Self.words[normal.lowercased()] else { throw Self.unknownWord(normal) }
            try self.init(meaning.split(separator: " "), text: normal.lowercased())
            return
        }
        guard fields.count == CronField.allCases.count else { throw Self.wrongCount(fields.count, normal) }
        try self.init(fields, text: normal)
    }

    private init(_ fields: [Substring], text: String) throws(BackupError) {
        func read(_ field: CronField) throws(BackupError) -> CronFieldReader {
            var reader = CronFieldReader(field: field, expression: text)
            try reader.read(fields[field.rawValue])
            return reader
        }
        let (month, week) = (try read(.dayOfMonth), try read(.dayOfWeek))
        let (minute, hour) = (try read(.minute), try read(.hour))
        self.init(
            text: text,
            minutes: minute.numbers,
            hours: hour.numbers,
            days: CronDays(
                ofMonth: month.numbers,
                hasLast: month.hasLast,
                hasLastWeekday: month.hasLastWeekday,
                ofWeek: week.numbers,
                lastOfWeek: week.lastOfWeek,
                placesOfWeek: week.placesOfWeek,
                needsBoth: month.beginsWithStar || week.beginsWithStar
            ),
            months: try read(.month).numbers,
            keepsSpacing: minute.beginsWithStar || hour.beginsWithStar
        )
        // Whatever begins here comes again within 50 years, or never: 28 years bring all calendars, 40 those across 2100.
        let start = CalendarDay(year: 2072, month: 1).number * Self.minutesOfDay
        guard self.first(in: start..<start + Self.minutesOfDay * 366 * 50) != nil else {
            throw .init(
                .invalidInput,
                "The cron expression '\(text)' never comes: no such day of month, month and day of week go together.",
                remedy: "April, June, September and November have 30 days, February 28 or 29."
            )
        }
    }

    private static func unknownWord(_ word: String) -> BackupError {
        BackupError(
            .invalidInput,
            "'\(word)' is no word that stands for a cron expression.",
            remedy: word.lowercased() == "@reboot"
                ? "A schedule names times. What was missed while nothing ran is made up for by catchUp."
                : "There are @hourly, @daily, @weekly, @monthly and @yearly."
        )
    }

    private static func wrongCount(_ count: Int, _ text: String) -> BackupError {
        BackupError(
            .invalidInput,
            "A cron expression has five fields, minute, hour, day of month, month and day of week; '\(text)' has \(count).",
            remedy: count == 6
                ? "With six, as Azure Functions has it (NCRONTAB), leave out the first, the seconds."
                : "Each night at one is '0 1 * * *'."
        )
    }
}
