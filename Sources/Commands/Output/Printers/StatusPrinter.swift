import BackupDomain
import BackupEngine
import Foundation

/// Verdicts as a table or as JSON.
struct StatusPrinter {
    let terminal: Terminal
    let now: Date
    /// Instances that were deleted and can still be brought back.
    var deleted: [DeletedNotice] = []

    func printDocument(_ lines: [StatusReader.Line]) {
        self.terminal.printDocument(
            lines.map { StatusDocument($0, deleted: self.deletion(of: $0), at: self.now) }
        )
    }

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
                line.name, self.styled(line.status.verdict), good.map { Quantities.minute($0.madeAt) } ?? "-",
                good.map { Quantities.age(of: $0.madeAt, at: self.now) } ?? "-",
                line.status.restorableUntil.map(Quantities.minute) ?? "-", "\(line.status.recoveryPoints)",
                line.status.lastPassedDrill.map { Duration.seconds($0.seconds).formattedBriefly } ?? "-",
                Self.lastRun(line.status),
            ]
        }
        for line in Table(columns, rows: rows).lines { self.terminal.print(line) }
        for line in lines where !line.status.reasons.isEmpty || !line.findings.isEmpty {
            self.terminal.print("")
            self.terminal.print("\(line.name): \(line.status.verdict.words)")
            for reason in line.status.reasons { self.terminal.print("  \(reason)") }
            if let deleted = self.deletion(of: line) { self.terminal.print("    -> \(deleted.command)") }
            for finding in line.findings {
                let since = Quantities.minute(finding.since)
                self.terminal.print("  The doctor, since \(since): \(finding.text)")
                if let remedy = finding.remedy { self.terminal.print("    -> \(remedy)") }
            }
        }
    }

    private static func lastRun(_ status: ProtectionStatus) -> String {
        if let refused = status.refused.first, status.lastRun.map({ $0.run < refused.run }) ?? true {
            return "newer version"
        }
        return status.lastRun.map { $0.outcome?.rawValue ?? "under way" } ?? "-"
    }

    private func deletion(of line: StatusReader.Line) -> DeletedNotice? {
        self.deleted.first { $0.instance.id == line.id }
    }

    private func styled(_ verdict: ProtectionStatus.Verdict) -> String {
        let style: Style =
            switch verdict {
            case .protected, .inventoryOnly: .good
            case .atRisk: .warning
            case .unprotected: .bad
            }
        return style.apply(verdict.words, isOn: self.terminal.abilities.colorsOutput)
    }
}
