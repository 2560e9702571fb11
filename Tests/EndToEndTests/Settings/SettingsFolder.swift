import Foundation

/// A folder for settings files, for the length of a test.
struct SettingsFolder {
    let path: String

    init() throws {
        let url = FileManager.default.temporaryDirectory.appending(path: "settings-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        self.path = url.path
    }

    /// Writes a file.
    ///
    /// - Returns: Its path.
    func write(_ text: String, to name: String = "apim-backup.yaml", mode: Int = 0o600) throws -> String {
        let path = "\(self.path)/\(name)"
        try Data(text.utf8).write(to: URL(filePath: path))
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
        return path
    }

    func remove() { try? FileManager.default.removeItem(atPath: self.path) }

    /// Makes a folder, works with it, and removes it.
    static func with(_ body: (SettingsFolder) async throws -> Void) async throws {
        let folder = try SettingsFolder()
        defer { folder.remove() }
        try await body(folder)
    }
}
