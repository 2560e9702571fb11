import BackupDomain

extension TimeZoneRules {
    /// Zones by their present rules, which hold for all times here.
    static let berlin = yearly(
        "Europe/Berlin",
        1,
        2,
        .weekday(0, week: 5, month: 3),
        2,
        .weekday(0, week: 5, month: 10),
        3
    )
    static let newYork = yearly(
        "America/New_York",
        -5,
        -4,
        .weekday(0, week: 2, month: 3),
        2,
        .weekday(0, week: 1, month: 11),
        2
    )
    static let lordHowe = yearly(
        "Australia/Lord_Howe",
        10.5,
        11,
        .weekday(0, week: 1, month: 10),
        2,
        .weekday(0, week: 1, month: 4),
        2
    )
    /// Standard time is Irish summer time, and winter has a negative daylight-saving time.
    static let dublin = yearly(
        "Europe/Dublin",
        1,
        0,
        .weekday(0, week: 5, month: 10),
        2,
        .weekday(0, week: 5, month: 3),
        1
    )
    /// The changes come on the evening before their day.
    static let nuuk = yearly(
        "America/Nuuk",
        -2,
        -1,
        .weekday(0, week: 5, month: 3),
        -1,
        .weekday(0, week: 5, month: 10),
        0
    )
    /// Daylight-saving time all year, as RFC 9636 writes it.
    static let allYear = yearly("EST5EDT", -5, -4, .dayOfYear(0), 0, .withoutLeapDay(365), 25)
    /// A zone that left out the 30th of December 2011.
    static let apia = TimeZoneRules(
        name: "Pacific/Apia",
        initialOffset: -10 * 3600,
        changes: [Change(at: 1_325_239_200, offset: 14 * 3600)],
        afterwards: nil
    )

    private static func yearly(
        _ name: String,
        _ standard: Double,
        _ daylight: Double,
        _ start: YearlyMoment.Day,
        _ startHour: Int,
        _ end: YearlyMoment.Day,
        _ endHour: Int
    ) -> TimeZoneRules {
        TimeZoneRules(
            name: name,
            initialOffset: Int(standard * 3600),
            changes: [],
            afterwards: YearlyOffsets(
                standard: Int(standard * 3600),
                daylight: Int(daylight * 3600),
                daylightStart: YearlyMoment(start, secondOfDay: startHour * 3600),
                daylightEnd: YearlyMoment(end, secondOfDay: endHour * 3600)
            )
        )
    }
}
