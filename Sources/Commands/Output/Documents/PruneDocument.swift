import BackupDomain
import BackupEngine
import Foundation

/// What `prune --format json` prints.
struct PruneDocument: Encodable {
    /// One decision: the backup with what is to become of it.
    struct Decision: Encodable {
        var verdict: RetentionDecision.Verdict
        var reasons: [RetentionReason]
        var backupName: String
        var run: RunID?
        var createdAt: Date
        var restorableUntil: Date
        var bytes: Int?
        var etag: ETag?
        var condition: String
        var pinned: Bool
    }

    /// What became of one backup that was released.
    struct Result: Encodable {
        var backupName: String
        var state: String
        var permanent: Bool?
        var detail: String?
    }

    /// One instance.
    struct Instance: Encodable {
        var instance: String
        var instanceKey: String
        var account: String
        var exitCode: Int32
        var goodNow: Int?
        var goodAfter: Int?
        var holds: [RetentionReason]
        var shrinkAlarm: ShrinkGuard.Alarm?
        var decisions: [Decision]
        var results: [Result]
        /// Whether this identity may delete, as Azure said before a dry run ended; absent where it was not asked or did not say.
        var mayDelete: Bool?
        /// What another identity should run, where this one may not delete.
        var commands: [String]
        /// For how many days the account keeps deleted bytes: 0 for not at all, absent where it is not known.
        var softDeleteDays: Int?
        var error: BackupError?
    }

    var dryRun: Bool
    var instances: [Instance]
    /// The same for all accounts; absent where it is not known or they differ.
    var softDeleteDays: Int?
}

extension PruneDocument {
    /// Puts those of several storage accounts together.
    init(_ documents: [PruneDocument], dryRun: Bool) {
        let days = Set(documents.map(\.softDeleteDays))
        self.init(
            dryRun: dryRun,
            instances: documents.flatMap(\.instances),
            softDeleteDays: days.count == 1 ? documents.first?.softDeleteDays : nil
        )
    }
}

extension PruneDocument.Instance {
    /// Takes over how `prune` ended for an instance.
    init(_ end: PruneEnd, account: String, softDeleteDays: Int?) {
        switch end {
        case .error(let key, let error):
            self.init(
                instance: key.instanceName,
                instanceKey: key.text,
                account: account,
                exitCode: end.exitStatus.rawValue,
                holds: [],
                decisions: [],
                results: [],
                commands: [],
                softDeleteDays: softDeleteDays,
                error: error
            )
        case .report(let report):
            self.init(
                instance: report.instance.instanceName,
                instanceKey: report.instance.text,
                account: account,
                exitCode: end.exitStatus.rawValue,
                goodNow: report.plan.goodNow,
                goodAfter: report.plan.goodAfter,
                holds: report.plan.holds,
                shrinkAlarm: report.plan.alarm,
                decisions: report.plan.decisions.map(PruneDocument.Decision.init),
                results: report.results.map { result in
                    PruneDocument.Result(
                        backupName: result.point.name,
                        state: result.state.rawValue,
                        permanent: result.isPermanent,
                        detail: result.detail
                    )
                },
                commands: report.results.filter { $0.state == .handedOver }
                    .map { DeleteCommand.az($0.point, account: account) },
                softDeleteDays: softDeleteDays,
                error: report.denial ?? report.failure
            )
        }
    }
}

extension PruneDocument.Decision {
    fileprivate init(_ decision: RetentionDecision) {
        let point = decision.point
        self.init(
            verdict: decision.verdict,
            reasons: decision.reasons,
            backupName: point.name,
            run: point.run,
            createdAt: point.createdAt,
            restorableUntil: point.restorableUntil,
            bytes: point.blob?.bytes,
            etag: point.blob?.etag,
            condition: point.condition.rawValue,
            pinned: point.pin != nil
        )
    }
}
