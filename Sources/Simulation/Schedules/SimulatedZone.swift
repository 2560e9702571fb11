import BackupDomain

/// A zone whose clocks change, reckoned here by its law: the product is given a list of changes, and the oracle asks nobody.
///
/// Source: <https://www.iana.org/time-zones>, the rules since 2008
struct SimulatedZone: Sendable {
    /// When in a year the clocks change: so many seconds from the beginning, by UTC, of a Sunday of a month.
    struct Turn: Sendable {
        var month: Int
        /// Which Sunday, from 1; 5 for the last one.
        var sunday: Int
        var seconds: Int
    }

    let name: String
    /// How far the clocks are ahead of UTC, in seconds.
    let standard: Int
    let daylight: Int
    /// The changes from 2015 to 2035, oldest first.
    let changes: [(at: Int, offset: Int)]
    /// What the product is told.
    let rules: TimeZoneRules

    /// Clocks that change by an hour in the north and in the south, by half an hour, and not at all.
    static let all = [
        Self(
            name: "Europe/Berlin",
            standard: 3600,
            daylight: 7200,
            begin: Turn(month: 3, sunday: 5, seconds: 3600),
            end: Turn(month: 10, sunday: 5, seconds: 3600)
        ),
        Self(
            name: "America/New_York",
            standard: -18_000,
            daylight: -14_400,
            begin: Turn(month: 3, sunday: 2, seconds: 25_200),
            end: Turn(month: 11, sunday: 1, seconds: 21_600)
        ),
        Self(
            name: "Australia/Lord_Howe",
            standard: 37_800,
            daylight: 39_600,
            begin: Turn(month: 10, sunday: 1, seconds: -30_600),
            end: Turn(month: 4, sunday: 1, seconds: -32_400)
        ),
        Self(
            name: "UTC",
            standard: 0,
            daylight: 0,
            begin: Turn(month: 3, sunday: 5, seconds: 3600),
            end: Turn(month: 10, sunday: 5, seconds: 3600)
        ),
    ]

    private init(name: String, standard: Int, daylight: Int, begin: Turn, end: Turn) {
        self.name = name
        self.standard = standard
        self.daylight = daylight
        let changes = (2015...2035).flatMap { year in
            [(at: Self.second(begin, in: year), offset: daylight), (at: Self.second(end, in: year), offset: standard)]
        }.sorted { $0.at < $1.at }
        self.changes = changes
        self.rules = TimeZoneRules(
            name: name,
            // What comes before the first change is what its opposite leads to.
            initialOffset: changes.first?.offset == daylight ? standard : daylight,
            changes: changes.map { TimeZoneRules.Change(at: $0.at, offset: $0.offset) },
            afterwards: nil
        )
    }

    private static func second(_ turn: Turn, in year: Int) -> Int {
        let first = Self.day(year, turn.month)
        let sunday = first + (10 - first % 7) % 7
        guard turn.sunday == 5 else { return (sunday + 7 * (turn.sunday - 1)) * 86_400 + turn.seconds }
        let next = turn.month == 12 ? Self.day(year + 1, 1) : Self.day(year, turn.month + 1)
        let last = sunday + 28 < next ? sunday + 28 : sunday + 21
        return last * 86_400 + turn.seconds
    }

    /// The number, from 1970-01-01, of a month's first day.
    private static func day(_ year: Int, _ month: Int) -> Int {
        let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        let lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        return (1970..<year).reduce(0) {
            $0 + ($1 % 4 == 0 && ($1 % 100 != 0 || $1 % 400 == 0) ? 366 : 365)
        }
            + lengths.prefix(month - 1).reduce(0, +)
    }
}

extension SimulatedZone: TimeZoneDatabase {
    func rules(named name: String) throws(BackupError) -> TimeZoneRules {
        guard name == self.name else {
            throw BackupError(.invalidInput, "There is no zone '\(name)' here.")
        }
        return self.rules
    }
}
