import Foundation
package import Settings

extension SettingsFiles {
    /// The machine's own files; a settings file is looked for in the working directory, then below /etc.
    package static let system = SettingsFiles(
        standardPlaces: ["./apim-backup.yaml", "/etc/apim-backup/apim-backup.yaml"],
        read: { path, cap in
            do {
                let handle = try FileHandle(forReadingFrom: URL(filePath: path))
                defer { try? handle.close() }
                // A byte more tells that there is more; a pipe that never ends is not read to its end.
                return try handle.read(upToCount: cap + 1) ?? Data()
            } catch let error as CocoaError where error.code == .fileReadNoSuchFile || error.code == .fileNoSuchFile {
                return nil
            }
        },
        facts: { path in
            guard
                let attributes = try? FileManager.default.attributesOfItem(
                    atPath: URL(filePath: path).resolvingSymlinksInPath().path
                ), let mode = attributes[.posixPermissions] as? Int
            else { return nil }
            return Facts(isOpenToOthers: mode & 0o004 != 0, mode: String(mode & 0o777, radix: 8))
        }
    )
}
