import BackupDomain
import BackupEngine

/// What the last lines of `run` and `restore` with `--format json` have in common; absent values are null, so that every summary has the
/// same keys.
struct SummaryHead: Encodable {
    var run: RunID?
    var instance: String
    var instanceID: ResourceID?
    var outcome: RunOutcome?
    var state: RunState?
    var isReattached = false
    var backup: RunSummary.Backup?
    var error: BackupError?
    var warnings: [String] = []

    /// A run that came to a report.
    init(_ report: RunReport, backup: RunSummary.Backup?) {
        let record = report.record
        self.run = record.run
        self.instance = record.instance.name
        self.instanceID = record.instance.id
        self.outcome = report.outcome
        self.state = record.state
        self.isReattached = report.isReattached
        self.backup = backup
        self.error = report.error
        self.warnings = record.warnings
    }

    /// A run that could not begin.
    init(instance: String, error: BackupError, outcome: RunOutcome) {
        self.instance = instance
        self.outcome = outcome
        self.error = error
    }

    private enum CodingKeys: String, CodingKey {
        case type, run, instance, outcome, state, backup, error, warnings
        case instanceID = "instanceId"
        case isReattached = "reattached"
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode("summary", forKey: .type)
        try container.encode(self.run, forKey: .run)
        try container.encode(self.instance, forKey: .instance)
        try container.encode(self.instanceID, forKey: .instanceID)
        try container.encode(self.outcome, forKey: .outcome)
        try container.encode(self.state, forKey: .state)
        try container.encode(self.isReattached, forKey: .isReattached)
        try container.encode(self.backup, forKey: .backup)
        try container.encode(self.error, forKey: .error)
        try container.encode(self.warnings, forKey: .warnings)
    }
}
