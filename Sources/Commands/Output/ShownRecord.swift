import BackupDomain
import BackupEngine

/// A record with what the catalog's other documents say of its backup: the record's own fields first, then theirs.
struct ShownRecord: Encodable, Sendable {
    var record: RunRecord
    var documents = BackupDocuments()

    private enum CodingKeys: String, CodingKey {
        case verification, pin, deletion
    }

    func encode(to encoder: any Encoder) throws {
        try self.record.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encodeIfPresent(self.documents.verification, forKey: .verification)
        try container.encodeIfPresent(self.documents.pin, forKey: .pin)
        try container.encodeIfPresent(self.documents.deletion, forKey: .deletion)
    }
}
