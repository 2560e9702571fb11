import BackupDomain
import BackupEngine
import Foundation

/// Verdicts as a table or as JSON.
struct StatusPrinter {
    /// One element of `status --format json`.
    struct Row: Encodable {
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

    let terminal: Terminal
    let now: Date
    /// Instances that were deleted and can still be brought back.
    var deleted: [DeletedNotice] = []

    func printDocument(_ lines: [StatusReader.Line]) { self.terminal.printDocument(lines.map(self.row)) }

    func printTable(_ lines: [StatusReader.Line], catalog: String) {
        guard !lines.isEmpty else {
            self.terminal.note("No run is recorded in \(catalog): nothing is protected.")
            return
        }
        let columns: [Table.Column] = [
            .init("INSTANCE"), .init("VERDICT"), .init("LAST VERIFIED (UTC)"), .init("AGE", isRightAligned: true),
            .init("RESTORABLE UNTIL"), .init("POINTS", isRightAligned: true),
            .init("RECOVERY TIME", isRightAligned: true),
            .init("LAST RUN"),
        ]
        let rows = lines.map { line in
            let good = line.status.lastGood
            return [
                line.name, self.styled(line.status.verdict), good.map { Quantities.minute(Self.instant($0)) } ?? "-",
                good.map { Quantities.age(of: Self.instant($0), at: self.now) } ?? "-",
                line.status.restorableUntil.map(Quantities.minute) ?? "-", "\(line.status.recoveryPoints)",
                line.status.lastPassedDrill.map { Duration.seconds($0.seconds).formattedBriefly } ?? "-",
                Self.lastRun(line.status),
            ]
        }
        for line in Table(columns, rows: rows).lines { self.terminal.print(line) }
        for line in lines where !line.status.reasons.isEmpty || !line.findings.isEmpty {
            self.terminal.print("")
            self.terminal.print("\(line.name): \(Self.word(line.status.verdict))")
            for reason in line.status.reasons { self.terminal.print("  \(reason)") }
            if let deleted = self.deletion(of: line) { self.terminal.print("    -> \(deleted.command)") }
            for finding in line.findings {
                let since = Quantities.minute(finding.since)
                self.terminal.print("  The doctor, since \(since): \(finding.text)")
                if let remedy = finding.remedy { self.terminal.print("    -> \(remedy)") }
            }
        }
    }

    private func row(_ line: StatusReader.Line) -> Row {
        let status = line.status
        return Row(
            instance: line.name,
            instanceID: line.id,
            instanceKey: line.key?.text,
            verdict: status.verdict,
            reasons: status.reasons,
            lastVerified: status.lastGood.map { good in
                Row.Backup(
                    run: good.run,
                    backupName: good.backupName,
                    at: Self.instant(good),
                    ageSeconds: Int(max(0, self.now.timeIntervalSince(Self.instant(good)))),
                    bytes: good.bytes
                )
            },
            lastRun: status.lastRun.map { run in
                Row.Run(
                    run: run.run,
                    nominalAt: run.nominalAt,
                    state: run.state,
                    outcome: run.outcome,
                    errorCode: run.errorCode
                )
            },
            lastInventory: status.lastInventory.flatMap(self.inventory),
            recoveryPoints: status.recoveryPoints,
            backupIntact: line.look?.isIntact,
            adoptedPoints: status.adopted.count,
            restorableUntil: status.restorableUntil,
            maxAgeSeconds: status.allowedAge.map { Int($0.components.seconds) },
            pausedUntil: status.pause?.until,
            pauseReason: status.pause?.reason,
            leftOut: status.leftOut.map(LeftOutTimes.init),
            lastDrill: status.lastDrill.map { drill in
                Row.Drill(at: drill.at, passed: drill.isPassed, backupName: drill.backupName, reason: drill.reason)
            },
            recoveryTimeSeconds: status.lastPassedDrill?.seconds,
            recoveryTimeMeasuredAt: status.lastPassedDrill?.at,
            refused: status.refused.map { Row.Refused(run: $0.run, nominalAt: $0.nominalAt, reason: $0.notice) },
            findings: line.findings.map { finding in
                Row.Finding(
                    check: finding.check,
                    verdict: finding.verdict,
                    text: finding.text,
                    remedy: finding.remedy,
                    since: finding.since
                )
            },
            examinedAt: line.checkup?.madeAt,
            deleted: self.deletion(of: line)
        )
    }

    private func deletion(of line: StatusReader.Line) -> DeletedNotice? {
        self.deleted.first { $0.instance.id == line.id }
    }

    private func inventory(_ run: SummarizedRun) -> Row.Inventory? {
        run.inventory.map { inventory in
            Row.Inventory(
                run: run.run,
                at: run.changedAt,
                ageSeconds: Int(max(0, self.now.timeIntervalSince(run.changedAt))),
                digest: inventory.digest
            )
        }
    }

    private static func lastRun(_ status: ProtectionStatus) -> String {
        if let refused = status.refused.first, status.lastRun.map({ $0.run < refused.run }) ?? true {
            return "newer version"
        }
        return status.lastRun.map { $0.outcome?.rawValue ?? "under way" } ?? "-"
    }

    private static func instant(_ run: SummarizedRun) -> Date { run.createdAt ?? run.nominalAt }

    private func styled(_ verdict: ProtectionStatus.Verdict) -> String {
        let style: Style =
            switch verdict {
            case .protected, .inventoryOnly: .good
            case .atRisk: .warning
            case .unprotected: .bad
            }
        return style.apply(Self.word(verdict), isOn: self.terminal.abilities.colorsOutput)
    }

    private static func word(_ verdict: ProtectionStatus.Verdict) -> String {
        verdict.words
    }
}

extension StatusReader.Line {
    /// What the doctor found worse at its last daily look.
    fileprivate var findings: [CheckResult] { self.checkup?.worse ?? [] }
}
