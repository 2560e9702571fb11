package import FoundationEssentials

/// The record of a run in a format that only a newer release can honour: what may be said of it all the same.
///
/// A record of any format says its `version`, its `program` and whether its `state` is `ended`; nothing else of it is read.
package struct RefusedRecord: Sendable, Codable, Hashable {
    /// The name of our program, as records begin to say who wrote them.
    private static let program = "apim-backup "

    /// The run's id.
    package var run: RunID
    /// The format's version.
    package var formatVersion: Int
    /// The release that wrote it, such as `2.1.0`; nil where it does not say so.
    package var release: String?
    /// Whether its run has ended; one that may be open is to be followed to its end by the release that began it.
    package var isEnded: Bool

    /// Takes over what a record says.
    ///
    /// - Parameters:
    ///   - run: The run's id.
    ///   - formatVersion: The format's version.
    ///   - program: The program that wrote it, with its version; what is not of that form says nothing.
    ///   - isEnded: Whether its run has ended.
    package init(run: RunID, formatVersion: Int, program: String?, isEnded: Bool) {
        self.run = run
        self.formatVersion = formatVersion
        self.release = program.flatMap(Self.release)
        self.isEnded = isEnded
    }

    /// The time for which the run made its backup.
    package var nominalAt: Date { self.run.nominalAt }

    /// What reads it, for the end of a sentence.
    package var requirement: String {
        self.release.map { "needs apim-backup \u{2265} \($0)" } ?? "needs the release that wrote it, or a newer one"
    }

    /// What stands in a listing where others have their backup's name.
    package var notice: String { "record of a newer version, refused: \(self.requirement)" }

    /// The error of whoever would have to act on it.
    ///
    /// - Parameter instance: The instance's name.
    /// - Returns: The error, with code `recordTooNew`.
    package func error(of instance: String) -> BackupError {
        BackupError(
            .recordTooNew,
            "The record of the run \(self.run) of \(instance), of \(self.nominalAt.iso8601), is of a newer version, "
                + "refused: it has format \(self.formatVersion), this program reads up to \(RunRecord.currentVersion).",
            remedy: Self.remedy(self.release)
        )
    }

    /// What to do about a document of a newer version.
    ///
    /// - Parameter release: The release that wrote it; nil where that is not known.
    /// - Returns: A sentence.
    package static func remedy(_ release: String?) -> String {
        let named = release.map { " (it needs apim-backup \u{2265} \($0))" } ?? ""
        return "Use the release that wrote it, or a newer one\(named)."
    }

    /// Reads the version of a program that names itself as ours does; what a terminal would not show as it is, is nothing.
    ///
    /// - Parameter program: The program with its version.
    /// - Returns: The version.
    package static func release(_ program: String) -> String? {
        guard program.hasPrefix(Self.program) else { return nil }
        let release = program.dropFirst(Self.program.count)
        let isPlain = release.utf8.allSatisfy { byte in
            (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
                || [43, 45, 46].contains(byte)
        }
        return isPlain && (1...40).contains(release.utf8.count) ? String(release) : nil
    }
}
