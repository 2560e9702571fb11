/// The log of what goes on: one line an event.
package struct LogSettings: SettingsSection, Hashable {
    /// How a line looks.
    package enum Format: String, Sendable, CaseIterable {
        /// For people.
        case text
        /// For programs: one JSON object a line.
        case json
    }

    /// The levels, the least of them first.
    package enum Level: String, Sendable, CaseIterable {
        /// Everything.
        case trace
        /// What helps to find a mistake.
        case debug
        /// What happens.
        case info
        /// What is worth a look, and right.
        case notice
        /// What may be wrong.
        case warning
        /// What is wrong.
        case error
        /// What ends the program.
        case critical
    }

    /// How a line looks; nil for words for people in place of a log, where a person may be watching.
    package var format: Format?
    /// The lowest level that is written.
    package var level = Level.info

    /// Creates the section as it is where nothing is set.
    package init() {}

    package static let fields: [SettingField<Self>] = [
        .value(
            "format",
            \.format,
            .choice,
            "How a line of the log looks; without it `run --due` tells people what goes on in words of its own."
        ),
        .value("level", \.level, .choice, "The lowest level that is written."),
    ]
}
