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

extension SettingType<String> {
    /// The name of a time zone; whether there is such a zone, the machine's zone files tell.
    static var timeZone: Self {
        .text(
            "the IANA name of a time zone",
            example: "Europe/Berlin",
            pattern: "^[A-Za-z0-9_+-]+(/[A-Za-z0-9_+-]+)*$"
        ) { text in
            let parts = text.split(separator: "/", omittingEmptySubsequences: false)
            return (1...64).contains(text.utf8.count)
                && parts.allSatisfy { part in
                    !part.isEmpty
                        && part.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "_+-".contains($0)) }
                }
        }
    }
}
