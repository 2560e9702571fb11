package import BackupDomain

/// When the doctor looks at the instances by itself, and what of it nobody is told.
package struct DoctorSettings: SettingsSection, Hashable {
    /// Whether `serve` and `run --due` repeat the doctor each day.
    package var isDaily = true
    /// When it looks: in the middle of the day, when somebody is there who can mend it before the night.
    package var at = ClockTime.noon
    /// The zone whose clocks count for ``at``.
    package var timeZone = "UTC"
    /// The most by which it looks at an instance after that.
    package var jitter: Duration = .seconds(3600)
    /// The checks that nobody is told of.
    package var ignore: [CheckName] = []

    /// Creates the section as it is where nothing is set.
    package init() {}

    package static let fields: [SettingField<Self>] = [
        .value("daily", \.isDaily, .boolean, "Whether `serve` and `run --due` repeat the doctor each day."),
        .value("at", \.at, .clockTime, "When the doctor looks."),
        .value("timeZone", \.timeZone, .timeZone, "The time zone of `at`."),
        .value(
            "jitter",
            \.jitter,
            .duration(.zero ... .seconds(12 * 3600)),
            "The most by which it looks at an instance after that: it spreads a fleet."
        ),
        .values("ignore", \.ignore, .choice, "The checks that nobody is told of when they get worse."),
    ]

    /// When instances are looked at; nil where that is left to people.
    package var schedule: Schedule? {
        self.isDaily
            ? Schedule(timing: .cron(self.at.daily), timeZone: self.timeZone, jitter: self.jitter) : nil
    }

    /// The checks that nobody is told of; nil where the doctor does not look by itself.
    package var ignoredChecks: Set<String>? { self.isDaily ? Set(self.ignore.map(\.rawValue)) : nil }
}
