import BackupDomain
import BackupEngine
import Foundation

/// One element of `status --format json`.
struct StatusDocument: Encodable {
    var instance: String
    var instanceID: ResourceID?
    var instanceKey: String?
    var verdict: ProtectionStatus.Verdict
    var reasons: [String]
    var lastVerified: Backup?
    var lastRun: Run?
    /// The newest run that took an inventory.
    var lastInventory: Inventory?
    var recoveryPoints: Int
    /// Whether the newest good backup lay there as it was recorded, just now; nil where there is none, or nobody could look.
    var backupIntact: Bool?
    /// How many of them others made.
    var adoptedPoints: Int
    var restorableUntil: Date?
    /// The oldest that the newest good backup may be.
    var maxAgeSeconds: Int?
    var pausedUntil: Date?
    var pauseReason: String?
    var leftOut: LeftOutTimes?
    /// The newest drill with its backups.
    var lastDrill: Drill?
    /// How long the last passed drill took to restore a backup: the measured recovery time.
    var recoveryTimeSeconds: Int?
    /// When that was.
    var recoveryTimeMeasuredAt: Date?
    /// The records that only a newer release can honour and that the verdict lacks.
    var refused: [Refused]
    /// What the doctor found worse at its last daily look.
    var findings: [Finding]
    /// When that was; nil where there was none.
    var examinedAt: Date?
    /// That the instance was deleted and can still be brought back; nil where it was not.
    var deleted: DeletedNotice?

    /// A check of the doctor.
    struct Finding: Encodable {
        var check: String
        var verdict: CheckVerdict
        var text: String
        var remedy: String?
        var since: Date
    }

    /// A record of a newer version.
    struct Refused: Encodable {
        var run: RunID
        var nominalAt: Date
        var reason: String
    }

    /// The newest drill.
    struct Drill: Encodable {
        var at: Date
        var passed: Bool
        var backupName: String?
        var reason: String?
    }

    /// The newest good backup.
    struct Backup: Encodable {
        var run: RunID
        var backupName: String?
        var at: Date
        var ageSeconds: Int
        var bytes: Int?
    }

    /// What lay in the instance, as it was read last.
    struct Inventory: Encodable {
        var run: RunID
        var at: Date
        var ageSeconds: Int
        var digest: String
    }

    /// The newest run.
    struct Run: Encodable {
        var run: RunID
        var nominalAt: Date
        var state: RunState
        var outcome: RunOutcome?
        var errorCode: BackupError.Code?
    }

    private enum CodingKeys: String, CodingKey {
        case instance, instanceKey, verdict, reasons, lastVerified, lastRun, lastInventory, recoveryPoints,
            backupIntact
        case adoptedPoints, restorableUntil, maxAgeSeconds, pausedUntil, pauseReason, leftOut, refused
        case lastDrill, recoveryTimeSeconds, recoveryTimeMeasuredAt
        case findings, examinedAt, deleted
        case instanceID = "instanceId"
    }
}

extension StatusDocument {
    /// Tells what is known of an instance.
    ///
    /// - Parameters:
    ///   - line: The instance with its verdict.
    ///   - deleted: That it was deleted; nil where it was not.
    ///   - now: The present instant.
    init(_ line: StatusReader.Line, deleted: DeletedNotice?, at now: Date) {
        let status = line.status
        self.instance = line.name
        self.instanceID = line.id
        self.instanceKey = line.key?.text
        self.verdict = status.verdict
        self.reasons = status.reasons
        self.lastVerified = status.lastGood.map { Backup($0, at: now) }
        self.lastRun = status.lastRun.map(Run.init)
        self.lastInventory = status.lastInventory.flatMap { Inventory($0, at: now) }
        self.recoveryPoints = status.recoveryPoints
        self.backupIntact = line.look?.isIntact
        self.adoptedPoints = status.adopted.count
        self.restorableUntil = status.restorableUntil
        self.maxAgeSeconds = status.allowedAge.map { Int($0.components.seconds) }
        self.pausedUntil = status.pause?.until
        self.pauseReason = status.pause?.reason
        self.leftOut = status.leftOut.map(LeftOutTimes.init)
        self.lastDrill = status.lastDrill.map { drill in
            Drill(at: drill.at, passed: drill.isPassed, backupName: drill.backupName, reason: drill.reason)
        }
        self.recoveryTimeSeconds = status.lastPassedDrill?.seconds
        self.recoveryTimeMeasuredAt = status.lastPassedDrill?.at
        self.refused = status.refused.map { Refused(run: $0.run, nominalAt: $0.nominalAt, reason: $0.notice) }
        self.findings = line.findings.map(Finding.init)
        self.examinedAt = line.checkup?.madeAt
        self.deleted = deleted
    }
}

extension StatusDocument.Finding {
    fileprivate init(_ finding: CheckResult) {
        self.init(
            check: finding.check,
            verdict: finding.verdict,
            text: finding.text,
            remedy: finding.remedy,
            since: finding.since
        )
    }
}

extension StatusDocument.Backup {
    fileprivate init(_ run: SummarizedRun, at now: Date) {
        self.init(
            run: run.run,
            backupName: run.backupName,
            at: run.madeAt,
            ageSeconds: Int(max(0, now.timeIntervalSince(run.madeAt))),
            bytes: run.bytes
        )
    }
}

extension StatusDocument.Inventory {
    /// Nil of a run that took none.
    fileprivate init?(_ run: SummarizedRun, at now: Date) {
        guard let inventory = run.inventory else { return nil }
        self.init(
            run: run.run,
            at: run.changedAt,
            ageSeconds: Int(max(0, now.timeIntervalSince(run.changedAt))),
            digest: inventory.digest
        )
    }
}

extension StatusDocument.Run {
    fileprivate init(_ run: SummarizedRun) {
        self.init(
            run: run.run,
            nominalAt: run.nominalAt,
            state: run.state,
            outcome: run.outcome,
            errorCode: run.errorCode
        )
    }
}

extension StatusReader.Line {
    /// What the doctor found worse at its last daily look.
    var findings: [CheckResult] { self.checkup?.worse ?? [] }
}
