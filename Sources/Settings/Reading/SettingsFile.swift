package import FoundationEssentials

/// A settings file as it was read.
package struct SettingsFile: Sendable, Hashable {
    /// The most bytes that a settings file may have: enough for ten thousand instances by their resource ids.
    package static let capInBytes = 4 << 20

    /// The file's path, as messages show it.
    package var path: String
    /// What stands in it.
    package var content: Data

    /// Creates a file.
    package init(path: String, content: Data) {
        self.path = path
        self.content = content
    }
}
