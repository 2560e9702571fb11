import BackupDomain
import Foundation
import Inventory

/// What changed from night to night.
struct ChangeLogPrinter {
    /// One night, for programs.
    private struct Row: Encodable {
        var run: RunID
        var nominalAt: Date
        var since: Date
        var difference: DifferenceDocument
        var activityLogCommand: String

        init(_ step: ChangedNight) {
            self.run = step.night.run.run
            self.nominalAt = step.night.at
            self.since = step.before.at
            self.difference = DifferenceDocument(
                step.difference,
                from: ResolvedInventory(step.before).words,
                to: ResolvedInventory(step.night).words
            )
            self.activityLogCommand = step.activityLogCommand
        }
    }

    let terminal: Terminal

    /// Prints the nights with changes.
    ///
    /// - Parameters:
    ///   - steps: The nights, newest first.
    ///   - newest: The newest night that has an inventory.
    ///   - count: How many nights were compared.
    ///   - left: How many more have changes.
    func print(_ steps: [ChangedNight], newest: InventoriedNight, of count: Int, left: Int) {
        let printer = DifferencePrinter(terminal: self.terminal)
        for step in steps {
            let line =
                "\(Quantities.minute(step.night.at))  \(DifferencePrinter.summary(step.difference)) since "
                + Quantities.minute(step.before.at)
            self.terminal.print(Style.strong.apply(line, isOn: self.terminal.abilities.colorsOutput))
            printer.printChanges(step.difference, indent: "  ")
            self.terminal.print("  who: \(step.activityLogCommand)")
        }
        if steps.isEmpty {
            let name = newest.run.instance
            self.terminal.print(
                "Nothing changed in \(name) over \(InventoryCounts.words(count, "inventory")), the newest of "
                    + "\(Quantities.minute(newest.at))."
            )
        }
        if left > 0 {
            self.terminal.note("\(InventoryCounts.words(left, "earlier night")) with changes: --limit shows more.")
        }
    }

    /// Prints the runs only, for other programs.
    ///
    /// - Parameter steps: The nights.
    func printRuns(_ steps: [ChangedNight]) {
        for step in steps { self.terminal.print(step.night.run.run.text) }
    }

    /// Prints all as one JSON document.
    ///
    /// - Parameter steps: The nights.
    func printDocument(_ steps: [ChangedNight]) { self.terminal.printDocument(steps.map(Row.init)) }
}
