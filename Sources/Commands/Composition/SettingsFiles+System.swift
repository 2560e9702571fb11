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
            } catch {
                throw Unreadable(error)
            }
        },
        facts: { path in
            let target = URL(filePath: path).resolvingSymlinksInPath().path
            guard let attributes = try? FileManager.default.attributesOfItem(atPath: target),
                let mode = attributes[.posixPermissions] as? Int
            else { return nil }
            let isFile = attributes[.type] as? FileAttributeType == .typeRegular
            return Facts(
                isOpenToOthers: mode & 0o004 != 0,
                mode: String(mode & 0o777, radix: 8),
                isProgram: isFile && FileManager.default.isExecutableFile(atPath: target)
            )
        }
    )

    /// Why a file cannot be read, in the system's words and no others.
    private struct Unreadable: Error, CustomStringConvertible {
        let description: String

        init(_ error: any Error) {
            let known = error as NSError
            let cause = known.userInfo[NSUnderlyingErrorKey] as? NSError ?? known
            self.description =
                cause.domain == NSPOSIXErrorDomain
                ? unsafe String(cString: strerror(Int32(cause.code))) : cause.localizedDescription
        }
    }
}
