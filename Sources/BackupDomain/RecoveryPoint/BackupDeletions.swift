package import FoundationEssentials

/// What `prune` did with one backup: written before the blob is deleted and completed after, so that a process which dies
/// in between leaves the truth, "was about to be deleted", and not silence.
package struct BackupDeletions: Sendable, Codable, Hashable, CatalogDocument {
    /// The newest format that this program reads, and the one that it writes.
    package static let currentVersion = 1
    /// For how many seconds a deletion may still take effect that was left open: an hour, more than any call lasts.
    package static let openFor: TimeInterval = 3600

    /// How far a deletion has come.
    package enum State: String, Sendable, Codable, CaseIterable {
        /// About to be deleted; where the blob is gone, it was.
        case intended
        /// Deleted.
        case deleted
        /// Not deleted after all: it changed, is leased, or is protected.
        case kept
        /// The rules release it, this identity may not delete it, and another one is to do so.
        case handedOver
    }

    /// One deletion, or the attempt.
    package struct Entry: Sendable, Codable, Hashable {
        /// How far it has come.
        package var state: State
        /// The version of the blob that the rules released.
        package var etag: ETag
        /// Its size in bytes.
        package var bytes: Int
        /// Why it was released.
        package var reasons: [RetentionReason]
        /// When the intent was written.
        package var intendedAt: Date
        /// When the blob was deleted, or when it turned out that it is not.
        package var endedAt: Date?
        /// Whether the service says that the bytes are gone for good; nil where it does not say.
        package var isPermanent: Bool?
        /// Why it was kept, or not deleted by us; nil where it was deleted.
        package var detail: String?
        /// Who did it.
        package var by: RecordedPrincipal

        /// Creates an intent.
        package init(etag: ETag, bytes: Int, reasons: [RetentionReason], at date: Date, by principal: RecordedPrincipal)
        {
            self.state = .intended
            self.etag = etag
            self.bytes = bytes
            self.reasons = reasons
            self.intendedAt = date
            self.by = principal
        }

        private enum CodingKeys: String, CodingKey {
            case state, etag, bytes, reasons, intendedAt, endedAt, detail, by
            case isPermanent = "permanent"
        }
    }

    /// The format's version.
    package var version = Self.currentVersion
    /// The container of the backup.
    package var container: String
    /// The blob's name.
    package var name: String
    /// The run that made it.
    package var run: RunID?
    /// Every deletion, oldest first.
    package var entries: [Entry] = []

    /// Creates the document of a backup that nobody has tried to delete.
    package init(container: String, name: String, run: RunID?) {
        self.container = container
        self.name = name
        self.run = run
    }

    /// What accounts for a blob that is gone: the newest entry that does not say that it was kept, unless a later one found
    /// it there when that deletion could be under way no longer.
    package var explanation: Entry? {
        var keptAt: Date?
        for entry in self.entries.reversed() {
            guard entry.state == .kept else {
                return keptAt.map { $0.timeIntervalSince(entry.intendedAt) > Self.openFor } ?? false ? nil : entry
            }
            keptAt = keptAt ?? entry.endedAt ?? entry.intendedAt
        }
        return nil
    }

    /// When a prune wrote down last that it was about to delete the backup, where it has not said what came of it.
    package var openIntent: Date? { self.entries.filter { $0.state == .intended }.map(\.intendedAt).max() }
}
