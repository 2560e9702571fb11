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

    var run: RunID?
    var instance: String
    var instanceID: ResourceID?
    var outcome: RunOutcome?
    var state: RunState?
    var isReattached: Bool
    var backup: Backup?
    var inventory: SummarizedInventory?
    var error: BackupError?
    var warnings: [String]

    init(_ report: RunReport) {
        let record = report.record
        self.run = record.run
        self.instance = record.instance.name
        self.instanceID = record.instance.id
        self.outcome = report.outcome
        self.state = record.state
        self.isReattached = report.isReattached
        self.backup = record.backup.map(Backup.init) ?? Backup(goingOnIn: report)
        self.inventory = record.inventory.flatMap(SummarizedInventory.init)
        self.error = record.error
        self.warnings = record.warnings
    }

    /// The summary of a run that could not begin.
    init(instance: String, error: BackupError, outcome: RunOutcome) {
        self.instance = instance
        self.outcome = outcome
        self.isReattached = false
        self.error = error
        self.warnings = []
    }

    private enum CodingKeys: String, CodingKey {
        case type, run, instance, outcome, state, backup, inventory, error, warnings
        case instanceID = "instanceId"
        case isReattached = "reattached"
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode("summary", forKey: .type)
        // Absent values are null, so that every summary has the same keys.
        try container.encode(self.run, forKey: .run)
        try container.encode(self.instance, forKey: .instance)
        try container.encode(self.instanceID, forKey: .instanceID)
        try container.encode(self.outcome, forKey: .outcome)
        try container.encode(self.state, forKey: .state)
        try container.encode(self.isReattached, forKey: .isReattached)
        try container.encode(self.backup, forKey: .backup)
        try container.encode(self.inventory, forKey: .inventory)
        try container.encode(self.error, forKey: .error)
        try container.encode(self.warnings, forKey: .warnings)
    }
}
