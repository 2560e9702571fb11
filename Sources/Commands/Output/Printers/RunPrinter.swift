import BackupDomain
import BackupEngine
import Foundation
import Inventory

/// The result of a run in words.
struct RunPrinter {
    let terminal: Terminal
    let now: Date
    /// How a person goes on with the run.
    var followUp = FollowUp()

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
        self.explain(report)
        for warning in record.warnings { self.terminal.note("warning: \(warning)") }
        if let error = report.error { ErrorPrinter(terminal: self.terminal).print(error) }
    }

    /// Prints the run's id, and what goes wrong.
    ///
    /// - Parameter report: The runner's report.
    func printQuietly(_ report: RunReport) {
        self.terminal.print(report.record.run.text)
        if report.ending.isEarly { self.explainInterruption(report) }
        if report.ending == .accepted, report.place == .memory { self.explainAcceptance(report) }
        if let error = report.error { ErrorPrinter(terminal: self.terminal).print(error) }
    }

    /// Says on standard error what goes on in Azure after the program's end, and how to follow it.
    ///
    /// - Parameter report: The runner's report.
    func explain(_ report: RunReport) {
        if report.ending.isEarly { self.explainInterruption(report) }
        if report.ending == .accepted { self.explainAcceptance(report) }
    }

    private func details(_ report: RunReport) -> [(String, String)] {
        let record = report.record
        var details: [(String, String)] = []
        if let backup = record.backup {
            details.append(("container", "\(backup.account)/\(backup.container)"))
            if let bytes = backup.bytes { details.append(("size", Quantities.size(bytes))) }
            if let until = backup.restorableUntil {
                let left = Quantities.days(from: self.now, until: until)
                details.append(
                    (
                        "restorable until",
                        "\(Quantities.minute(until)) UTC (\(left)), tier \(record.instance.tier)"
                    )
                )
            }
        }
        if let restore = record.restore {
            details.append(("restored from", "\(restore.backup.account)/\(restore.backup.container)"))
        }
        if let contents = record.inventory.flatMap(InventoryCounts.contents) { details.append(("contents", contents)) }
        if let taken = record.timeTaken { details.append(("took", taken.formattedBriefly)) }
        details.append(("run", record.run.text))
        switch report.place {
        case .catalog: break
        case .folder(let folder): details.append(("record", "on this machine, below \(folder)"))
        case .memory: details.append(("record", "not in the catalog container"))
        }
        if let command = record.restoreCommand { details.append(("restore", command)) }
        return details
    }

    private static let homeless =
        "The backup goes on in Azure, and nothing will follow it: its record is kept nowhere but in this output. "
        + "--records DIR keeps it for a later run."

    private func explainAcceptance(_ report: RunReport) {
        guard report.place != .memory else { return self.terminal.note(Self.homeless) }
        let command = self.followUp.follow(report.record)
        self.terminal.note("The backup goes on in Azure; nobody has seen its end yet. To follow it: \(command)")
    }

    private func explainInterruption(_ report: RunReport) {
        let record = report.record
        guard let sentence = Interruption.sentence(record) else { return }
        guard report.place != .memory else { return self.terminal.note(Self.homeless) }
        self.terminal.note(sentence)
        self.terminal.note("  To follow it:  \(self.followUp.follow(record))")
        if report.place == .catalog { self.terminal.note("  To look at it: \(self.followUp.show(record))") }
    }
}
