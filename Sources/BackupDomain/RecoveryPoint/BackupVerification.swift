package import FoundationEssentials

/// What checks have shown of one backup over time; a document of the catalog beside the run's record, which is final.
package struct BackupVerification: Sendable, Codable, Hashable, CatalogDocument {
    /// The newest format that this program reads, and the one that it writes.
    package static let currentVersion = 1

    /// A check that was passed.
    package struct Pass: Sendable, Codable, Hashable {
        /// When it was last passed.
        package var at: Date
        /// The version of the blob that passed.
        package var etag: ETag

        /// Creates a value.
        package init(at: Date, etag: ETag) {
            self.at = at
            self.etag = etag
        }
    }

    /// A blob without a record of its properties, as it was seen again and again.
    package struct Sighting: Sendable, Codable, Hashable {
        /// The version that was seen each time.
        package var etag: ETag
        /// Its size in bytes.
        package var bytes: Int
        /// When it was seen first.
        package var firstAt: Date
        /// When it was seen last.
        package var lastAt: Date
        /// How many checks saw it.
        package var count: Int

        /// For how many seconds a blob of a run of ours must have lain there as it is before sightings prove it: a day, for
        /// the run did not see it to its end, and a backup may be half written for hours.
        package static let provingTime: TimeInterval = 86_400

        /// Whether it proves a version: two checks saw it, for a run of ours the last one a day after it was written.
        ///
        /// - Parameters:
        ///   - modifiedAt: When the blob was written; nil where the service does not say.
        ///   - isAdopted: Whether no run of ours made it.
        /// - Returns: Whether it does.
        package func isProof(writtenAt modifiedAt: Date?, isAdopted: Bool) -> Bool {
            guard self.count >= 2 else { return false }
            return isAdopted || self.lastAt.timeIntervalSince(modifiedAt ?? self.firstAt) >= Self.provingTime
        }

        /// Creates the first sighting of a version.
        package init(etag: ETag, bytes: Int, at date: Date) {
            self.etag = etag
            self.bytes = bytes
            self.firstAt = date
            self.lastAt = date
            self.count = 1
        }
    }

    /// The format's version.
    package var version = Self.currentVersion
    /// The container of the backup.
    package var container: String
    /// The blob's name.
    package var name: String
    /// The run that made it; nil for a blob without a record of ours.
    package var run: RunID?
    /// The levels passed, by their names.
    package var levels: [String: Pass] = [:]
    /// How often a blob without recorded properties was seen; nil for others.
    package var sighting: Sighting?
    /// What the last check found wrong; nil where all is well.
    package var finding: VerificationFinding?

    /// Creates the document of a backup that has not been checked.
    package init(container: String, name: String, run: RunID?) {
        self.container = container
        self.name = name
        self.run = run
    }

    /// When a level was last passed by a version of the blob.
    ///
    /// - Parameters:
    ///   - level: The level.
    ///   - etag: The version.
    /// - Returns: The date, or nil where that version has not passed it.
    package func passed(_ level: VerificationLevel, by etag: ETag) -> Date? {
        self.levels[level.rawValue].flatMap { $0.etag == etag ? $0.at : nil }
    }
}
