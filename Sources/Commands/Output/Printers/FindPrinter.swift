import BackupDomain
import Foundation
import Inventory

/// When something was in an instance, and which backup brings it back.
struct FindPrinter {
    /// One thing that was found, for programs.
    private struct Row: Encodable {
        var instance: String
        var kind: String
        var path: String
        var label: String
        var firstAt: Date
        var lastAt: Date
        var goneSince: Date?
        var backup: String?
        var restorableUntil: Date?
        /// What restores it without this program, into the instance that it came from.
        var restoreCommand: String?
        /// Whether the backup lies there as it was recorded; nil where nobody may look, or there is none.
        var backupIntact: Bool?

        init(_ found: FoundItem) {
            let history = found.history
            self.instance = history.last.instance
            self.kind = history.item.kind.path
            self.path = history.item.path
            self.label = history.item.label
            self.firstAt = history.first.nominalAt
            self.lastAt = history.last.nominalAt
            self.goneSince = history.goneSince?.nominalAt
            self.backup = found.record?.backup?.name
            self.restorableUntil = found.record?.backup?.restorableUntil
            self.restoreCommand = found.record?.restoreCommand
            self.backupIntact = found.record == nil || found.refusal != nil ? nil : true
        }
    }

    let terminal: Terminal
    /// How a person goes on with what was found.
    var followUp = FollowUp()

    /// Prints a sentence for each thing that was found, and the command that brings it back where it is gone.
    ///
    /// - Parameter items: What was found.
    func print(_ items: [FoundItem]) {
        for found in items {
            let history = found.history
            let (first, last) = (Quantities.minute(history.first.nominalAt), Quantities.minute(history.last.nominalAt))
            let name = "\(history.last.instance): \(history.item.label)"
            guard let gone = history.goneSince else {
                self.terminal.print("\(name): present, seen \(first == last ? "at" : "from \(first) to") \(last)")
                continue
            }
            self.terminal.print("\(name): last present \(last), gone since \(Quantities.minute(gone.nominalAt))")
            if let record = found.record, let backup = record.backup, let until = backup.restorableUntil {
                self.terminal.print(
                    "  the backup \(backup.name) holds it, and restores until \(Quantities.minute(until))"
                )
                if let refusal = found.refusal {
                    self.terminal.print("  whether it still lies there could not be looked at: \(refusal.message)")
                }
                let command = self.followUp.restore(backup, of: record)
                self.terminal.print("  into an instance of tier \(record.instance.tier), all of it: \(command)")
            } else {
                self.terminal.print("  no verified backup that Azure can still restore holds it")
            }
        }
    }

    /// Prints the backups that hold what was found, for other programs.
    ///
    /// - Parameter items: What was found.
    func printBackups(_ items: [FoundItem]) {
        for name in Set(items.compactMap { $0.record?.backup?.name }).sorted() { self.terminal.print(name) }
    }

    /// Prints all as one JSON document.
    ///
    /// - Parameter items: What was found.
    func printDocument(_ items: [FoundItem]) { self.terminal.printDocument(items.map(Row.init)) }
}
