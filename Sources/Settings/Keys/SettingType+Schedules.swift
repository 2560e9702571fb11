import BackupDomain

extension SettingType<CronExpression> {
    /// A cron expression.
    static var cron: Self {
        let traits = SettingTraits(
            name: "cron",
            rule: "minute, hour, day of month, month and day of week, or a word such as @daily",
            example: CronExpression.nightly.text,
            schema: ["type": .string("string"), "pattern": .string("^(@[A-Za-z]+|\\S+(\\s+\\S+){4})$")]
        )
        return Self(traits) { text in
            do throws(BackupError) {
                return .success(try CronExpression(text))
            } catch {
                return .failure(SettingMistake(error.clause, fix: error.remedy))
            }
        } text: {
            $0.text
        }
    }
}

extension SettingType<String> {
    /// The IANA name of a zone; whether there is such a zone depends on the machine.
    static var timeZone: Self {
        .text(
            "the IANA name of a time zone",
            example: "Europe/Berlin",
            pattern: "^[0-9A-Za-z_+/-]{1,64}$",
            where: { text in
                // A name is a path below the folder of zones, and must not lead out of it.
                let parts = text.split(separator: "/", omittingEmptySubsequences: false)
                return (1...64).contains(text.utf8.count) && text.utf8.allSatisfy { (32...126).contains($0) }
                    && parts.allSatisfy { !["", ".", ".."].contains($0) }
            }
        )
    }
}
