import BackupDomain
import BackupEngine

/// The last line of `restore --format json`.
struct RestoreSummary: Encodable {
    var type = "summary"
    var kind = RunKind.restore
    var run: RunID?
    var instance: String
    var instanceID: ResourceID?
    var outcome: RunOutcome?
    var state: RunState?
    var isReattached = false
    var backup: RunSummary.Backup?
    var safetyBackup: RunID?
    var checks: [RestoreCheck] = []
    var leftovers: [RestoreLeftover] = []
    var error: BackupError?
    var warnings: [String] = []

    /// A restore that came to a report.
    init(_ end: RestoreEnd) {
        let record = end.report.record
        self.run = record.run
        self.instance = record.instance.name
        self.instanceID = record.instance.id
        self.outcome = end.report.outcome
        self.state = record.state
        self.isReattached = end.report.isReattached
        self.backup = (record.restore?.backup).map(RunSummary.Backup.init)
        self.safetyBackup = record.restore?.safetyBackup
        self.checks = end.checks
        self.leftovers = end.leftovers
        self.error = record.error
        self.warnings = record.warnings
    }

    /// A restore that did not begin.
    init(instance: String, error: BackupError) {
        self.instance = instance
        self.outcome = error.exitStatus.outcome
        self.error = error
    }

    private enum CodingKeys: String, CodingKey {
        case type, kind, run, instance, outcome, state, backup, safetyBackup, checks, leftovers, error, warnings
        case instanceID = "instanceId"
        case isReattached = "reattached"
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        // Absent values are null, so that every summary has the same keys.
        try container.encode(self.type, forKey: .type)
        try container.encode(self.kind, forKey: .kind)
        try container.encode(self.run, forKey: .run)
        try container.encode(self.instance, forKey: .instance)
        try container.encode(self.instanceID, forKey: .instanceID)
        try container.encode(self.outcome, forKey: .outcome)
        try container.encode(self.state, forKey: .state)
        try container.encode(self.isReattached, forKey: .isReattached)
        try container.encode(self.backup, forKey: .backup)
        try container.encode(self.safetyBackup, forKey: .safetyBackup)
        try container.encode(self.checks, forKey: .checks)
        try container.encode(self.leftovers, forKey: .leftovers)
        try container.encode(self.error, forKey: .error)
        try container.encode(self.warnings, forKey: .warnings)
    }
}
