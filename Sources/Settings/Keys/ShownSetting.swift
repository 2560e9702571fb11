package import BackupDomain

/// A value as it is shown: the same tree as the keys have.
package indirect enum ShownSetting: Sendable {
    /// Nothing is set and nothing holds.
    case unset
    /// A value, as text and for programs; a secret is `<set>`.
    case value(String, JSONValue, SettingTraits)
    /// A list of values.
    case values([String], JSONValue)
    /// A section, in the order of its keys.
    case section([(key: SettingKey, value: ShownSetting)])
    /// A list of sections.
    case sections([[(key: SettingKey, value: ShownSetting)]])
}
