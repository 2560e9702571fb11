import BackupDomain
import BackupEngine
import Foundation

/// The result of a run in words.
struct RunPrinter {
    let terminal: Terminal
    let now: Date
    /// Whether a later process will find the record.
    let isRecordKept: Bool

    /// Prints how a run ended.
    ///
    /// - Parameter report: The runner's report.
    func print(_ report: RunReport) {
        let record = report.record
        let outcome = report.outcome
        let word = outcome?.rawValue ?? "accepted"
        let style = Style(outcome)
        let name = record.backup?.name ?? record.attempts.last?.backupName
        let head = [style.apply(word, isOn: self.terminal.abilities.colorsOutput), record.instance.name, name]
        self.terminal.print(head.compactMap(\.self).joined(separator: "  "))
        for (label, text) in self.details(report) {
            let padding = String(repeating: " ", count: max(1, 18 - label.count))
            self.terminal.print("  \(label)\(padding)\(text)")
        }
        if report.ending == .interrupted { self.explainInterruption(record) }
        if report.ending == .accepted { self.explainAcceptance(record) }
        for warning in record.warnings { self.terminal.note("warning: \(warning)") }
        if let error = record.error { ErrorPrinter(terminal: self.terminal).print(error) }
    }

    private func details(_ report: RunReport) -> [(String, String)] {
        let record = report.record
        var details: [(String, String)] = []
        if let backup = record.backup {
            details.append(("container", "\(backup.account)/\(backup.container)"))
            if let bytes = backup.bytes { details.append(("size", Quantities.size(bytes))) }
            let left = Quantities.days(from: self.now, until: backup.restorableUntil)
            details.append(
                (
                    "restorable until",
                    "\(Quantities.minute(backup.restorableUntil)) UTC (\(left)), tier \(record.instance.tier)"
                )
            )
        }
        if let took = report.took { details.append(("took", took.formattedBriefly)) }
        details.append(("run", record.run.text))
        if !report.isInCatalog { details.append(("record", "not in the catalog container")) }
        if let command = record.restoreCommand { details.append(("restore", command)) }
        return details
    }

    private static let homeless =
        "The backup goes on in Azure, and nothing will follow it: its record is kept nowhere but in this output. "
        + "--records DIR keeps it for a later run."

    private func explainAcceptance(_ record: RunRecord) {
        self.terminal.note(
            self.isRecordKept
                ? "The backup goes on in Azure; nobody has seen its end yet. The next 'apim-backup run "
                    + "\(record.instance.name) --storage-account \(record.storage.account)' follows it."
                : Self.homeless
        )
    }

    private func explainInterruption(_ record: RunRecord) {
        guard record.state != .ended else { return }
        guard self.isRecordKept else { return self.terminal.note(Self.homeless) }
        self.terminal.note(
            "The backup goes on in Azure. To follow it: apim-backup run \(record.instance.name) --storage-account "
                + "\(record.storage.account). To look at it: apim-backup show \(record.run) --storage-account "
                + record.storage.account
        )
    }
}
