import BackupDomain
import BackupEngine

/// The last line of `run --format json`, and what the text form says too.
struct RunSummary: Encodable {
    /// A backup as the summary names it.
    struct Backup: Encodable {
        var account: String
        var container: String
        var name: String
        var bytes: Int?
        var etag: ETag?
        var restorableUntil: String?

        /// A backup that was seen.
        init(_ backup: RecordedBackup) {
            self.account = backup.account
            self.container = backup.container
            self.name = backup.name
            self.bytes = backup.bytes
            self.etag = backup.etag
            self.restorableUntil = backup.restorableUntil?.iso8601
        }

        /// A backup that Azure has accepted and whose end nobody has seen; nil where the run tells how it ended.
        init?(goingOnIn report: RunReport) {
            let record = report.record
            guard [nil, .interrupted, .unknown].contains(report.outcome), let attempt = record.attempts.last,
                attempt.submission == .accepted
            else { return nil }
            self.account = record.storage.account
            self.container = record.storage.container
            self.name = attempt.backupName
        }

        private enum CodingKeys: String, CodingKey { case account, container, name, bytes, etag, restorableUntil }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(self.account, forKey: .account)
            try container.encode(self.container, forKey: .container)
            try container.encode(self.name, forKey: .name)
            try container.encode(self.bytes, forKey: .bytes)
            try container.encode(self.etag, forKey: .etag)
            try container.encode(self.restorableUntil, forKey: .restorableUntil)
        }
    }

    var head: SummaryHead
    var inventory: SummarizedInventory?

    init(_ report: RunReport) {
        let record = report.record
        self.head = SummaryHead(report, backup: record.backup.map(Backup.init) ?? Backup(goingOnIn: report))
        self.inventory = record.inventory.flatMap(SummarizedInventory.init)
    }

    /// The summary of a run that could not begin.
    init(instance: String, error: BackupError, outcome: RunOutcome) {
        self.head = SummaryHead(instance: instance, error: error, outcome: outcome)
    }

    private enum CodingKeys: String, CodingKey { case inventory }

    func encode(to encoder: any Encoder) throws {
        try self.head.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(self.inventory, forKey: .inventory)
    }
}
