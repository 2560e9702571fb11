import BackupDomain
import BackupEngine

/// A record with what the catalog's other documents say of its backup: the record's own fields first, then theirs.
struct ShownRecord: Encodable, Sendable {
    var record: RunRecord
    var documents = BackupDocuments()
    /// The times of the schedule that were left out after this run, before the next one.
    var leftOut: [ScheduleEntry] = []

    private enum CodingKeys: String, CodingKey {
        case verification, pin, deletion, leftOut
    }

    func encode(to encoder: any Encoder) throws {
        try self.record.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encodeIfPresent(self.documents.verification, forKey: .verification)
        try container.encodeIfPresent(self.documents.pin, forKey: .pin)
        try container.encodeIfPresent(self.documents.deletion, forKey: .deletion)
        if !self.leftOut.isEmpty { try container.encode(self.leftOut.map(LeftOutTimes.init), forKey: .leftOut) }
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
