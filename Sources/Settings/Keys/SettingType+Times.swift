import BackupDomain

extension SettingType<ClockTime> {
    /// A time of the day, such as `07:30`.
    static var clockTime: Self {
        let traits = SettingTraits(
            name: "time of day",
            rule: "hour and minute, from 00:00 to 23:59",
            example: "07:30",
            schema: ["type": .string("string"), "pattern": .string("^([01][0-9]|2[0-3]):[0-5][0-9]$")]
        )
        return Self(traits) { text in
            ClockTime(text).map(Result.success) ?? .failure(SettingMistake("\(SettingEcho(text)) is no time of day"))
        } text: {
            "\($0)"
        }
    }
}
