import Foundation

/// Files that hold a secret: only their owner may read them, and they appear whole or not at all.
enum PrivateFile {
    static func write(_ content: Data, to file: URL) throws {
        let draft = file.appendingPathExtension("new")
        try? FileManager.default.removeItem(at: draft)
        let made = FileManager.default.createFile(
            atPath: draft.path,
            contents: content,
            attributes: [.posixPermissions: 0o600]
        )
        guard made else { throw CocoaError(.fileWriteUnknown) }
        guard unsafe rename(draft.path, file.path) == 0 else { throw CocoaError(.fileWriteUnknown) }
    }
}
