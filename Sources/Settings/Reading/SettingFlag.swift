/// A value that the command line gives for a setting.
package struct SettingFlag: Sendable, Hashable {
    /// The setting's path.
    package var path: SettingPath
    /// The flag, with its hyphens.
    package var name: String
    /// The value, as it was typed.
    package var text: String

    /// Takes over a flag, where it was given.
    ///
    /// - Parameters:
    ///   - path: The setting's path.
    ///   - name: The flag, with its hyphens.
    ///   - text: The value as it was typed; nil where the flag was not given, and then there is none.
    package init?(_ path: String, _ name: String, _ text: String?) {
        guard let text else { return nil }
        self.path = SettingPath(path)
        self.name = name
        self.text = text
    }
}
