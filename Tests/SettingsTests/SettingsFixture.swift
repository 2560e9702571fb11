import Foundation
import Settings

/// Settings as a test writes them.
enum SettingsFixture {
    /// Reads a file's text, variables and flags.
    static func resolve(
        _ yaml: String? = nil,
        variables: [String: String] = [:],
        flags: [SettingFlag?] = []
    ) -> ProgramSettings.Resolution {
        let file = yaml.map { SettingsFile(path: "apim-backup.yaml", content: Data($0.utf8)) }
        return ProgramSettings.resolve(file: file, variables: variables, flags: flags.compactMap(\.self))
    }

    /// A file that begins with its version.
    static func resolve(body: String, variables: [String: String] = [:]) -> ProgramSettings.Resolution {
        Self.resolve("version: 1\n\(body)\n", variables: variables)
    }
}
