import BackupDomain
import BackupEngine
import Foundation

/// What `verify` found, as a table with findings or as JSON.
struct VerifyPrinter {
    /// One finding as JSON shows it.
    struct FindingRow: Encodable {
        var backupName: String
        var kind: VerificationFinding.Kind
        var was: VerificationFinding.Sight?
        var now: VerificationFinding.Sight?
        var noticedAt: Date
    }

    /// One instance as JSON shows it.
    struct InstanceRow: Encodable {
        var instance: String
        var instanceKey: String
        var checkedAt: Date
        /// Whether the dates of the levels were written down.
        var recorded: Bool
        var recoveryPoints: Int
        var newestAt: Date?
        var restorableUntil: Date?
        var findings: [FindingRow]
        var points: [PointRow]
    }

    /// The whole document.
    struct Document: Encodable {
        var instances: [InstanceRow]
        /// Blobs that no instance's name claims.
        var unattributed: [String]
    }

    let terminal: Terminal
    let now: Date

    func printDocument(_ reports: [VerificationReport], unattributed: [BlobProperties]) {
        let rows = reports.map { report in
            InstanceRow(
                instance: report.instance.instanceName,
                instanceKey: report.instance.text,
                checkedAt: report.at,
                recorded: report.unwritten == nil,
                recoveryPoints: report.good.count,
                newestAt: report.good.first?.createdAt,
                restorableUntil: report.good.map(\.restorableUntil).max(),
                findings: report.findings.map { point, finding in
                    FindingRow(
                        backupName: point.name,
                        kind: finding.kind,
                        was: finding.was,
                        now: finding.now,
                        noticedAt: finding.noticedAt
                    )
                },
                points: self.shown(report).map { PointRow($0, now: report.at) }
            )
        }
        self.terminal.printDocument(Document(instances: rows, unattributed: unattributed.map(\.name)))
    }

    func printNames(_ reports: [VerificationReport]) {
        for point in reports.flatMap(\.good) { self.terminal.print(point.name) }
    }

    func printTable(_ reports: [VerificationReport], unattributed: [BlobProperties]) {
        let rows = reports.flatMap { report in self.shown(report).map { self.row($0, report) } }
        if !rows.isEmpty {
            let columns: [Table.Column] = [
                .init("CREATED (UTC)"), .init("INSTANCE"), .init("STATE"), .init("LEVEL"),
                .init("SIZE", isRightAligned: true), .init("RESTORABLE UNTIL"), .init("BACKUP"),
            ]
            for line in Table(columns, rows: rows).lines { self.terminal.print(line) }
        }
        for report in reports { self.printFindings(report) }
        for report in reports { self.terminal.print(self.summary(report)) }
        for blob in unattributed {
            self.terminal.note(
                "No known instance's name claims the blob '\(blob.name)': nobody can tell whose backup it is."
            )
        }
        if let refusal = reports.compactMap(\.unwritten).first {
            self.terminal.note("The dates of these checks could not be kept: \(refusal.message)")
        }
        if reports.isEmpty { self.terminal.note("No instance has records or backups here.") }
    }

    /// What is worth a line: not what prune deleted, nor what is gone and would restore nothing anyway.
    private func shown(_ report: VerificationReport) -> [RecoveryPoint] {
        report.points.filter { point in
            point.blob != nil || point.condition == .vanished && point.restorableUntil > report.at
        }
    }

    private func row(_ point: RecoveryPoint, _ report: VerificationReport) -> [String] {
        [
            Quantities.minute(point.createdAt), report.instance.instanceName, self.state(point, at: report.at),
            point.level.map(\.level.rawValue) ?? "-", point.blob.map { Quantities.size($0.bytes) } ?? "-",
            point.restorableUntil > report.at ? Quantities.minute(point.restorableUntil) : "expired", point.name,
        ]
    }

    private func state(_ point: RecoveryPoint, at date: Date) -> String {
        let isGood = point.isGood(at: date)
        let word =
            switch point.condition {
            case .inFlight: "under way"
            case .proven where isGood: "good"
            case .proven where point.restorableUntil <= date: "expired"
            case .proven, .unproven: point.isOutOfReach(at: date) ? "archived" : "unproven"
            case .failed: "failed"
            case .changed, .vanished: point.verification?.finding?.kind.rawValue ?? point.condition.rawValue
            case .deleted: "deleted"
            }
        let style: Style =
            switch point.condition {
            case .changed, .vanished, .failed: .bad
            case .proven where isGood: .good
            default: .warning
            }
        let marks = (point.isAdopted ? ", adopted" : "") + (point.pin == nil ? "" : ", pinned")
        return style.apply(word, isOn: self.terminal.abilities.colorsOutput) + marks
    }

    private func printFindings(_ report: VerificationReport) {
        for (point, finding) in report.findings {
            let label = Style.bad.apply("finding", isOn: self.terminal.abilities.colorsOutput)
            let was = finding.was.map(Self.text) ?? "never seen by us"
            let now = finding.now.map(Self.text) ?? "not there"
            self.terminal.print(
                "\(label): \(point.name) \(Self.verb(finding.kind)). Was \(was); is \(now). First noticed "
                    + "\(Quantities.minute(finding.noticedAt)) UTC."
            )
        }
    }

    private func summary(_ report: VerificationReport) -> String {
        let name = report.instance.instanceName
        let count = report.findings.count
        let findings = count == 0 ? "no finding" : "\(count) \(count == 1 ? "finding" : "findings")"
        guard let newest = report.good.first, let until = report.good.map(\.restorableUntil).max() else {
            return "\(name): no recovery point is left; \(findings)."
        }
        let points = report.good.count == 1 ? "1 recovery point is" : "\(report.good.count) recovery points are"
        return "\(name): \(points) left, the newest of \(Quantities.minute(newest.createdAt)) UTC, restorable until "
            + "\(Quantities.minute(until)) UTC; \(findings)."
    }

    private static func verb(_ kind: VerificationFinding.Kind) -> String {
        switch kind {
        case .vanished: "vanished"
        case .shrunken: "shrank"
        case .changed: "was written again"
        case .empty: "is empty"
        case .archived:
            "lies in the tier Archive, from which Azure restores nothing: bring it back to Hot or Cool first, which takes hours"
        }
    }

    private static func text(_ sight: VerificationFinding.Sight) -> String {
        let facts = [
            sight.bytes.map { "\($0) bytes" }, sight.etag.map { "ETag \($0)" }, sight.contentMD5.map { "MD5 \($0)" },
            sight.accessTier.map { "tier \($0)" },
        ]
        return facts.compactMap(\.self).joined(separator: ", ")
    }
}
