import BackupDomain
import BackupEngine

/// A record with how its backup is now and what the catalog's other documents say of it: the record's own fields first, then theirs.
///
/// The command that restores a backup is left out where there is nothing left to restore.
struct ShownRecord: Encodable, Sendable {
    var record: RunRecord
    var documents = BackupDocuments()
    /// How its backup is now; nil where the record names none, or nobody has looked.
    var now: BackupNow?
    /// The times of the schedule that were left out after this run, before the next one.
    var leftOut: [ScheduleEntry] = []

    private enum CodingKeys: String, CodingKey {
        case verification, pin, deletion, leftOut
        case now = "backupNow"
    }

    func encode(to encoder: any Encoder) throws {
        try self.usable.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encodeIfPresent(self.now, forKey: .now)
        try container.encodeIfPresent(self.documents.verification, forKey: .verification)
        try container.encodeIfPresent(self.documents.pin, forKey: .pin)
        try container.encodeIfPresent(self.documents.deletion, forKey: .deletion)
        if !self.leftOut.isEmpty { try container.encode(self.leftOut.map(LeftOutTimes.init), forKey: .leftOut) }
    }

    /// The record, without the command that would restore a backup that is lost.
    var usable: RunRecord {
        var record = self.record
        if self.now?.isLost ?? false { record.restoreCommand = nil }
        return record
    }

    /// The documents in words.
    var sections: [(title: String, facts: [(String, String)])] {
        guard !self.leftOut.isEmpty else { return self.documents.sections }
        let facts = self.leftOut.map { entry in
            let span = entry.count == 1 ? "" : "to \(entry.until.iso8601) "
            return (entry.from.iso8601, "\(span)\(entry.outcome.rawValue): \(entry.reason?.text ?? "")")
        }
        return self.documents.sections + [("Left out of the schedule since", facts)]
    }
}
