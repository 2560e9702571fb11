/// When something is due, as cron says it: minute, hour, day of month, month, day of week.
///
/// Each field takes `*`, numbers, names (`JAN`, `MON`), ranges (`1-5`), steps (`*/15`, `8-18/2`, `5/10` from 5 on) and lists
/// of all these. `L` is the last day of the month, `LW` its last weekday, `5L` its last Friday, `5#2` its second Friday. The
/// words `@hourly`, `@daily` (`@midnight`), `@weekly`, `@monthly` and `@yearly` (`@annually`) stand for what they say.
///
/// Where both the day of month and the day of week are restricted, either is enough; a field that begins with `*` is none.
///
/// Source: crontab(5) of Debian's cron; `L`, `LW` and `#` as <https://github.com/cuu508/cronsim> reads them.
package struct CronExpression: Sendable, Hashable {
    /// The default: each night at one.
    package static let nightly = Self(text: "0 1 * * *", minutes: 1, hours: 2, days: .all, months: (1 << 13) - 2)
    /// Each Sunday at four: when drills are due by default.
    package static let weekly = Self(
        text: "0 4 * * 0",
        minutes: 1,
        hours: 1 << 4,
        days: CronDays(ofMonth: CronDays.all.ofMonth, ofWeek: 1),
        months: (1 << 13) - 2
    )

    /// The expression as it was written, with single blanks.
    package let text: String
    /// The minutes, one bit each.
    let minutes: UInt64
    /// The hours, one bit each.
    let hours: UInt64
    /// The days of the month and of the week.
    let days: CronDays
    /// The months, one bit each from bit 1.
    let months: UInt64
    /// Whether minute or hour begins with `*`: such a schedule goes by elapsed time where the clocks change, and all others
    /// by what the clock shows.
    package let keepsSpacing: Bool

    init(
        text: String,
        minutes: UInt64,
        hours: UInt64,
        days: CronDays,
        months: UInt64,
        keepsSpacing: Bool = false
    ) {
        self.text = text
        self.minutes = minutes
        self.hours = hours
        self.days = days
        self.months = months
        self.keepsSpacing = keepsSpacing
    }
}

extension CronExpression: CustomStringConvertible {
    package var description: String { self.text }
}
