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
        .value("timeZone", \.timeZone, .timeZone, "The time zone of `morningAt`."),
        .section("heartbeat", \.heartbeat, "A monitor that raises the alarm when runs stay away."),
        .sections("channels", \.channels, "The channels that people are told on. In the file only."),
    ]

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
