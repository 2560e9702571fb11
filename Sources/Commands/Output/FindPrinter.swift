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

        init(_ history: ItemHistory) {
            self.instance = history.last.instance.name
            self.kind = history.item.kind.path
            self.path = history.item.path
            self.label = history.item.label
            self.firstAt = history.first.nominalAt
            self.lastAt = history.last.nominalAt
            self.goneSince = history.goneSince?.nominalAt
            self.backup = history.restorable?.backup?.name
            self.restorableUntil = history.restorable?.backup?.restorableUntil
            self.restoreCommand = history.restorable?.restoreCommand
        }
    }

    let terminal: Terminal
    /// How a person goes on with what was found.
    var followUp = FollowUp()

    /// Prints a sentence for each thing that was found, and the command that brings it back where it is gone.
    ///
    /// - Parameters:
    ///   - histories: What was found.
    ///   - now: The present instant.
    func print(_ histories: [ItemHistory], at now: Date) {
        for history in histories {
            let (first, last) = (Quantities.minute(history.first.nominalAt), Quantities.minute(history.last.nominalAt))
            let name = "\(history.last.instance.name): \(history.item.label)"
            guard let gone = history.goneSince else {
                self.terminal.print("\(name): present, seen \(first == last ? "at" : "from \(first) to") \(last)")
                continue
            }
            self.terminal.print("\(name): last present \(last), gone since \(Quantities.minute(gone.nominalAt))")
            if let record = history.restorable, let backup = record.backup, let until = backup.restorableUntil {
                self.terminal.print(
                    "  the backup \(backup.name) holds it, and restores until \(Quantities.minute(until))"
                )
                let command = self.followUp.restore(backup, of: record)
                self.terminal.print("  into an instance of tier \(record.instance.tier), all of it: \(command)")
            } else {
                self.terminal.print("  no verified backup that Azure can still restore holds it")
            }
        }
    }

    /// Prints the backups that hold what was found, for other programs.
    ///
    /// - Parameter histories: What was found.
    func printBackups(_ histories: [ItemHistory]) {
        for name in Set(histories.compactMap { $0.restorable?.backup?.name }).sorted() { self.terminal.print(name) }
    }

    /// Prints all as one JSON document.
    ///
    /// - Parameter histories: What was found.
    func printDocument(_ histories: [ItemHistory]) { self.terminal.printDocument(histories.map(Row.init)) }
}
