import BackupDomain
import Foundation
import Inventory

/// What differs between two inventories, in words: a line for each thing, and one for each field of what changed.
struct DifferencePrinter {
    let terminal: Terminal

    /// The longest that a value is shown.
    private static let longestValue = 80

    /// Prints a difference with what was compared, and a last line that counts.
    ///
    /// - Parameters:
    ///   - difference: The difference.
    ///   - before: What was, in words.
    ///   - after: What is, in words.
    func print(_ difference: InventoryDifference, from before: String, to after: String) {
        self.terminal.print(
            Style.strong.apply("\(before) -> \(after)", isOn: self.terminal.abilities.colorsOutput)
        )
        self.printChanges(difference, indent: "")
        if !difference.notCompared.isEmpty {
            self.terminal.print("not compared: \(Self.shortened(difference.notCompared))")
        }
        self.terminal.print(Self.summary(difference))
    }

    /// Prints what was added, removed and changed.
    ///
    /// - Parameters:
    ///   - difference: The difference.
    ///   - indent: What each line begins with.
    func printChanges(_ difference: InventoryDifference, indent: String) {
        for change in difference.changes {
            let (mark, style): (String, Style) =
                switch change.change {
                case .added: ("+", .good)
                case .removed: ("-", .bad)
                case .changed: ("~", .warning)
                }
            let contents = InventoryCounts(change.contents).words
            let inside = contents.isEmpty ? "" : " with \(contents)"
            let line = "\(mark) \(change.item.label)\(inside)"
            self.terminal.print(indent + style.apply(line, isOn: self.terminal.abilities.colorsOutput))
            for field in change.fields {
                self.terminal.print(
                    "\(indent)    \(field.field): \(Self.text(field.before)) -> \(Self.text(field.after))"
                )
            }
        }
    }

    /// Counts the changes.
    ///
    /// - Parameter difference: The difference.
    /// - Returns: Such as `1 added, 0 removed, 2 changed`.
    static func summary(_ difference: InventoryDifference) -> String {
        difference.isEmpty
            ? "no difference"
            : "\(difference.count(.added)) added, \(difference.count(.removed)) removed, "
                + "\(difference.count(.changed)) changed"
    }

    private static func shortened(_ lists: [String]) -> String {
        let shown = lists.prefix(5).joined(separator: ", ")
        return lists.count > 5 ? "\(shown), and \(lists.count - 5) more" : shown
    }

    private static func text(_ value: JSONValue?) -> String {
        guard let value else { return "(none)" }
        let json = (try? JSONEncoder.stable().encode(value)).map { String(decoding: $0, as: UTF8.self) } ?? "?"
        return json.count > Self.longestValue ? "\(json.prefix(Self.longestValue))…" : json
    }
}
