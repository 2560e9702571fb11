import BackupDomain
import BackupEngine
import FoundationEssentials

extension Oracle {
    /// Reads a summary with the shipped decoder, and writes it again.
    mutating func replaySummary(_ content: Data, _ path: String, at now: Int64) {
        do {
            let summary = try Self.decoded(InstanceSummary.self, content, path)
            try self.compare(summary, content, path, at: now)
        } catch {
            self.violate(.recordsReplay, "\(path) cannot be read: \(error)", at: now)
        }
    }

    /// Reads a record with the shipped decoder, writes it again, and takes its run over as another process would.
    mutating func replay(_ content: Data, _ path: String, at now: Int64) {
        do {
            let record = try Self.decoded(RunRecord.self, content, path)
            try self.compare(record, content, path, at: now)
            let date = Date(timeIntervalSince1970: Double(now) / 1000)
            let run = Run(resuming: record, limits: RunLimits(), at: date)
            if case .post(let name) = run.nextStep(at: date) {
                self.violate(.oneBackupForOneNight, "whoever took \(path) over would post \(name) blindly", at: now)
            }
        } catch {
            self.violate(.recordsReplay, "\(path) cannot be read: \(error)", at: now)
        }
    }

    /// Sees that a document is written as it was read, and read as whoever wrote it had it.
    private mutating func compare<Document: CatalogDocument & Equatable>(
        _ document: Document,
        _ content: Data,
        _ path: String,
        at now: Int64
    ) throws {
        let written = RememberedDocuments.current?.document(Document.self, of: content, at: path)
        if try RecordCoding.encode(document) != content || written.map({ $0 != document }) ?? false {
            self.violate(.recordsReplay, "\(path) reads as another document than it is", at: now)
        }
    }

    /// What the bytes say, whatever the world remembers of them.
    private static func decoded<Document: CatalogDocument>(
        _ type: Document.Type,
        _ content: Data,
        _ path: String
    ) throws -> Document {
        try RememberedDocuments.$current.withValue(nil) { try RecordCoding.decode(type, content, path: path) }
    }
}
