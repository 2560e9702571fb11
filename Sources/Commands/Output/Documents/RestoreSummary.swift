import BackupDomain
import BackupEngine

/// The last line of `restore --format json`.
struct RestoreSummary: Encodable {
    var head: SummaryHead
    var safetyBackup: RunID?
    var checks: [RestoreCheck] = []
    var leftovers: [RestoreLeftover] = []

    /// A restore that came to a report.
    init(_ end: RestoreEnd) {
        let restore = end.report.record.restore
        self.head = SummaryHead(end.report, backup: (restore?.backup).map(RunSummary.Backup.init))
        self.safetyBackup = restore?.safetyBackup
        self.checks = end.checks
        self.leftovers = end.leftovers
    }

    /// A restore that did not begin.
    init(instance: String, error: BackupError) {
        self.head = SummaryHead(instance: instance, error: error, outcome: error.restoringStatus.outcome)
    }

    private enum CodingKeys: String, CodingKey { case kind, safetyBackup, checks, leftovers }

    func encode(to encoder: any Encoder) throws {
        try self.head.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(RunKind.restore, forKey: .kind)
        try container.encode(self.safetyBackup, forKey: .safetyBackup)
        try container.encode(self.checks, forKey: .checks)
        try container.encode(self.leftovers, forKey: .leftovers)
    }
}
