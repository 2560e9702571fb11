/// A part of the settings that stands under one key: its values, and its keys described once, as data.
///
/// A new section is one file: a struct with its values and their defaults, and the list of its fields. It joins by one
/// member and one line in ``BackupSettings`` (for all instances and for each) or in ``ProgramSettings``. Variables,
/// reference, schema, `config show` and the check for unknown keys follow from the fields.
package protocol SettingsSection: Sendable {
    /// Creates the section as it is where nothing is set.
    init()

    /// The section's keys, in the order in which they are shown.
    static var fields: [SettingField<Self>] { get }

    /// The key that a bare text in place of the section stands for; nil where there must be keys.
    ///
    /// - Parameter text: The text.
    /// - Returns: The key's name.
    static func shorthand(for text: String) -> String?

    /// What a bare text in place of the section must be; nil where there must be keys.
    static var shorthandTraits: SettingTraits? { get }

    /// Looks for values that contradict each other.
    ///
    /// - Parameter report: Takes the problems.
    func check(_ report: inout SectionReport)
}

extension SettingsSection {
    /// By default there must be keys.
    package static func shorthand(for text: String) -> String? { nil }

    /// By default there must be keys.
    package static var shorthandTraits: SettingTraits? { nil }

    package func check(_ report: inout SectionReport) {}

    /// The section's keys as data.
    package static var keys: [SettingKey] { Self.fields.map(\.key) }

    /// The section as it is shown.
    package var shown: [(key: SettingKey, value: ShownSetting)] { Self.fields.map { ($0.key, $0.show(self)) } }
}
