package import BackupDomain

/// Who is told when something is wrong, and when it is well again.
package struct NotificationSettings: SettingsSection, Hashable {
    /// The names that no channel may have: what is listed beside channels has them.
    private static let reserved: Set<String> = ["heartbeat"]

    /// After how long an incident that goes on is told again; zero for never.
    package var reminder: Duration = .seconds(86_400)
    /// When the morning's line comes, for the channels that want it.
    package var morningAt = ClockTime.morning
    /// The zone whose clocks count for the morning's line.
    package var timeZone = "UTC"
    /// The monitor that is given signs of life.
    package var heartbeat = HeartbeatSettings()
    /// The channels.
    package var channels: [ChannelSettings] = []

    /// Creates the section as it is where nothing is set: nobody is told.
    package init() {}

    package static let fields: [SettingField<Self>] = [
        .value(
            "reminder",
            \.reminder,
            .duration(.zero ... .seconds(30 * 86_400)),
            "After how long an incident that goes on is told again; 0s for never."
        ),
        .value(
            "morningAt",
            \.morningAt,
            .clockTime,
            "When the morning's line comes, to the channels with `morningLine: true`."
        ),
        .value(
            "timeZone",
            \.timeZone,
            .text(
                "the IANA name of a time zone",
                example: "Europe/Berlin",
                pattern: "^[A-Za-z0-9_+-]+(/[A-Za-z0-9_+-]+)*$",
                where: Self.isZoneName
            ),
            "The time zone of `morningAt`."
        ),
        .section("heartbeat", \.heartbeat, "A monitor that raises the alarm when runs stay away."),
        .sections("channels", \.channels, "The channels that people are told on. In the file only."),
    ]

    /// Whether a text looks like a zone's name; whether there is such a zone, the machine's zone files tell.
    private static func isZoneName(_ text: String) -> Bool {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        return (1...64).contains(text.utf8.count)
            && parts.allSatisfy { part in
                !part.isEmpty && part.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "_+-".contains($0)) }
            }
    }

    package func check(_ report: inout SectionReport) {
        var seen: Set<String> = []
        for (index, channel) in self.channels.enumerated() {
            guard let name = channel.channelName else { continue }
            if Self.reserved.contains(name) {
                report.note("channels[\(index)].name", "the name '\(name)' is taken", fix: "Give it another name.")
            }
            if !seen.insert(name).inserted {
                report.note(
                    "channels[\(index)]",
                    "there are two channels named '\(name)'",
                    fix: "Give each a name: of its own; without one its type is its name."
                )
            }
        }
    }

    /// The channels that a person asks for.
    ///
    /// - Parameter name: A channel's name; nil for all.
    /// - Returns: The channels, in the order of the list.
    /// - Throws: ``BackupDomain/BackupError`` with code `invalidInput` where there is none of that name.
    package func channels(named name: String?) throws(BackupError) -> [ChannelSettings] {
        guard let name else { return self.channels }
        let found = self.channels.filter { $0.channelName == name }
        guard found.isEmpty else { return found }
        let names = self.channels.compactMap(\.channelName) + (self.heartbeat.isSet ? ["heartbeat"] : [])
        throw BackupError(
            .invalidInput,
            "The settings name no channel '\(name)'.",
            remedy: names.isEmpty
                ? "There is none at all: list them under notifications.channels in the settings file."
                : "There are: \(names.joined(separator: ", "))."
        )
    }
}

extension SettingType<ClockTime> {
    fileprivate static var clockTime: Self {
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
