import BackupDomain
import Inventory

/// What differs between two inventories, for programs.
struct DifferenceDocument: Encodable {
    /// One thing that was added, removed or changed.
    struct Change: Encodable {
        var change: ItemChange.Change
        var kind: String
        var path: String
        var label: String
        var fields: [FieldChange]
        var contents: [String: Int]

        init(_ change: ItemChange) {
            self.change = change.change
            self.kind = change.item.kind.path
            self.path = change.item.path
            self.label = change.item.label
            self.fields = change.fields
            self.contents = Dictionary(change.contents.map { ($0.key.path, $0.value) }, uniquingKeysWith: +)
        }
    }

    var version = 1
    var before: String
    var after: String
    var added: Int
    var removed: Int
    var changed: Int
    var changes: [Change]
    var notCompared: [String]

    init(_ difference: InventoryDifference, from before: String, to after: String) {
        self.before = before
        self.after = after
        self.added = difference.count(.added)
        self.removed = difference.count(.removed)
        self.changed = difference.count(.changed)
        self.changes = difference.changes.map(Change.init)
        self.notCompared = difference.notCompared
    }
}
