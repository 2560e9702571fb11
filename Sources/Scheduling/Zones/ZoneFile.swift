import BackupDomain
import FoundationEssentials

/// A time zone as a file holds it: TZif of the versions 1 to 4, without leap seconds.
///
/// Source: <https://www.rfc-editor.org/rfc/rfc9636>
struct ZoneFile {
    private let changes: [TimeZoneRules.Change]
    private let initialOffset: Int
    private let footer: PosixTimeZone?

    /// Reads a file.
    ///
    /// - Parameters:
    ///   - content: Its bytes.
    ///   - path: Where they came from, for the error.
    /// - Throws: ``BackupDomain/BackupError`` with code `fileProblem` where it is no zone file, is damaged, or counts leap
    ///   seconds.
    init(_ content: Data, path: String) throws(BackupError) {
        do {
            var bytes = ZoneBytes(content)
            let first = try ZoneHeader(from: &bytes)
            if first.version == 1 {
                let block = try ZoneBlock(first, timesOf: 4, from: &bytes)
                (self.changes, self.initialOffset, self.footer) = (block.changes, block.initialOffset, nil)
                return
            }
            try bytes.skip(first.length(timesOf: 4))
            let header = try ZoneHeader(from: &bytes)
            let block = try ZoneBlock(header, timesOf: 8, from: &bytes)
            let footer = try bytes.line()
            (self.changes, self.initialOffset) = (block.changes, block.initialOffset)
            self.footer = footer.isEmpty ? nil : try PosixTimeZone(footer)
        } catch {
            throw .init(
                .fileProblem,
                "The file \(path) cannot be used as a time zone: \(error.reason).",
                remedy: "Install the package tzdata anew, or name another folder of zones in TZDIR."
            )
        }
    }

    /// The rules that the file holds.
    ///
    /// - Parameter name: The zone's name.
    /// - Returns: The rules.
    func rules(named name: String) -> TimeZoneRules {
        // Without a single change, what the footer says has always held.
        let isFooterOnly = self.changes.isEmpty
        return TimeZoneRules(
            name: name,
            initialOffset: isFooterOnly ? self.footer?.standard ?? self.initialOffset : self.initialOffset,
            changes: self.changes,
            afterwards: self.footer?.yearly
        )
    }
}
