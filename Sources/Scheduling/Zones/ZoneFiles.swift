package import BackupDomain
import FoundationEssentials

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The time zones of a machine: TZif files in a folder, as the package tzdata brings them.
///
/// Read here and not by Foundation, because a program that is linked statically with Foundation loses all zones.
/// Universal time needs no file.
package struct ZoneFiles: TimeZoneDatabase {
    /// Where systems keep their zones.
    package static let standardFolders = ["/usr/share/zoneinfo", "/usr/lib/zoneinfo", "/etc/zoneinfo"]
    /// The names of universal time that are understood without a file.
    private static let universal: Set<String> = ["UTC", "Etc/UTC"]
    /// The most bytes of a file; the largest that there are have under 4 KB.
    private static let cap = 1 << 18

    private let folders: [String]
    private let files: FileSource

    /// Creates a database.
    ///
    /// - Parameters:
    ///   - folder: The folder of zones, as `TZDIR` names it; nil for those where systems keep them.
    ///   - files: What reads files.
    package init(folder: String?, files: FileSource) {
        self.folders = folder.map { [$0] } ?? Self.standardFolders
        self.files = files
    }

    package func rules(named name: String) throws(BackupError) -> TimeZoneRules {
        if Self.universal.contains(name) { return .utc }
        try Self.check(name)
        for folder in self.folders {
            let path = "\(folder)/\(name)"
            let content: Data
            do {
                content = try self.files.read(path, capInBytes: Self.cap)
            } catch {
                guard let reason = Self.reason(error) else { continue }
                throw .init(.fileProblem, "The file \(path) of the time zone '\(name)' cannot be read: \(reason).")
            }
            return try ZoneFile(content, path: path).rules(named: name)
        }
        throw self.unknown(name)
    }

    /// Refuses names that are none, among them those that lead out of the folder.
    private static func check(_ name: String) throws(BackupError) {
        let parts = name.split(separator: "/", omittingEmptySubsequences: false)
        let isSafe = parts.allSatisfy { part in
            part.utf8.allSatisfy { byte in
                (65...90).contains(byte) || (97...122).contains(byte) || (48...57).contains(byte)
                    || [UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "+")].contains(byte)
            } && !part.isEmpty
        }
        if isSafe, (1...4).contains(parts.count), name.utf8.count <= 64 { return }
        throw .init(
            .invalidInput,
            "'\(name.prefix(64))' cannot be the name of a time zone.",
            remedy: Self.isWindowsName(name)
                ? "It looks like a name of Windows; IANA's are wanted, such as Europe/Berlin."
                : "Zones have names such as Europe/Berlin, America/New_York or UTC."
        )
    }

    /// Why a file could not be read; nil where there is none.
    private static func reason(_ error: any Error) -> String? {
        let error = error as? CocoaError
        // 'Europe' is a folder, and below 'Europe/Berlin' there is nothing.
        let isNoFile = [POSIXError.Code.EISDIR, .ENOTDIR].contains((error?.underlying as? POSIXError)?.code)
        return switch error?.code {
        case .fileReadNoSuchFile?, .fileNoSuchFile?: nil
        case .fileReadUnknown? where isNoFile: nil
        case .fileReadNoPermission?: "this user may not read it"
        case .fileReadTooLarge?: "it is larger than \(Self.cap) bytes"
        default: error.map { "\($0)" } ?? "it cannot be opened"
        }
    }

    private static func isWindowsName(_ name: String) -> Bool {
        ["Standard Time", "Daylight Time"].contains { name.hasSuffix($0) }
    }

    private func unknown(_ name: String) -> BackupError {
        let hasZones = self.folders.contains { folder in
            (try? self.files.read("\(folder)/Etc/UTC", capInBytes: Self.cap)) != nil
        }
        return BackupError(
            .invalidInput,
            "There is no time zone '\(name)' in \(self.folders.joined(separator: ", ")).",
            remedy: hasZones
                ? "Names are written as in 'Europe/Berlin', capitals included; the folder lists them."
                : "This machine has no time zones: install the package tzdata, or name their folder in TZDIR."
        )
    }
}
